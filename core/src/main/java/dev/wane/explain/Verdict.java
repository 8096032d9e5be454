package dev.wane.explain;

import dev.wane.decay.Timescale;
import java.util.Locale;

/** What a weight decay amounts to over the run as scheduled, by the effective decay A = −ln Π(1 − d_t). */
public enum Verdict {
    /** A = 0: there is no decay. */
    OFF,
    /** A &lt; 0.1: less than a tenth of a weight is forgotten. */
    INERT,
    /** A &lt; 0.35. */
    WEAK,
    /** Decay matters and the memory spans the data. */
    ACTIVE,
    /** The memory is shorter than the data. */
    DOMINATING,
    /** A cannot be computed from what was given. */
    UNKNOWN;

    /**
     * The name used in JSON.
     *
     * @return lower case
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The verdict on a run. Dominating: τ &lt; 20 steps, or τ &lt; 0.05 epochs in a run of at least two epochs, or
     * τ &lt; 0.002 of a shorter run.
     *
     * @param effectiveDecay A; NaN if unknown
     * @param timescale τ at peak
     * @param epochs E; NaN if unknown
     * @return the verdict
     */
    public static Verdict of(double effectiveDecay, Timescale timescale, double epochs) {
        if (Double.isNaN(effectiveDecay)) {
            return UNKNOWN;
        }
        if (effectiveDecay <= 0) {
            return OFF;
        }
        if (effectiveDecay < 0.1) {
            return INERT;
        }
        if (effectiveDecay < 0.35) {
            return WEAK;
        }
        return forgetsTheData(timescale, epochs) ? DOMINATING : ACTIVE;
    }

    private static boolean forgetsTheData(Timescale timescale, double epochs) {
        if (timescale.steps() < 20) {
            return true;
        }
        return epochs >= 2 ? timescale.epochs() < 0.05 : timescale.runFraction() < 0.002;
    }
}
