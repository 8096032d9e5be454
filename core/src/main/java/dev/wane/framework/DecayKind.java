package dev.wane.framework;

import dev.wane.decay.Corrected;
import dev.wane.decay.CorrectedRaw;
import dev.wane.decay.CoupledAdaptive;
import dev.wane.decay.CoupledSgd;
import dev.wane.decay.DecayConvention;
import dev.wane.decay.DecoupledLr;
import dev.wane.decay.DecoupledSchedule;
import dev.wane.decay.InTrustRatio;
import dev.wane.decay.Multiplied;
import dev.wane.decay.Penalty;
import dev.wane.decay.RawDecay;
import java.util.Locale;

/** The convention that a registry row names; with the update around it it becomes a {@link DecayConvention}. */
public enum DecayKind {
    /** ηλ. */
    DECOUPLED_LR,
    /** (η_t/η)λ. */
    DECOUPLED_SCHEDULE,
    /** λ. */
    RAW,
    /** λη_t²/η. */
    CORRECTED,
    /** η_t²λ. */
    CORRECTED_RAW,
    /** λθ in the gradient. */
    COUPLED,
    /** c·Σθ² in the loss. */
    PENALTY,
    /** λθ in an update that is scaled to the weight. */
    IN_TRUST_RATIO;

    /**
     * The name used in the registry and in JSON.
     *
     * @return lower case with hyphens
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * What λ does in an optimizer.
     *
     * @param family what the update is like
     * @param momentum of SGD
     * @param factor multiplies λ as written
     * @return the convention
     */
    DecayConvention convention(Family family, CoupledSgd momentum, double factor) {
        DecayConvention plain = switch (this) {
            case DECOUPLED_LR -> new DecoupledLr();
            case DECOUPLED_SCHEDULE -> new DecoupledSchedule();
            case RAW -> new RawDecay();
            case CORRECTED -> new Corrected();
            case CORRECTED_RAW -> new CorrectedRaw();
            case IN_TRUST_RATIO -> new InTrustRatio();
            case COUPLED, PENALTY -> family == Family.SGD ? momentum : new CoupledAdaptive();
        };
        if (this == PENALTY) {
            return new Penalty(factor, plain);
        }
        return factor == 1 ? plain : new Multiplied(factor, plain);
    }
}
