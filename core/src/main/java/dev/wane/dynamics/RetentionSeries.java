package dev.wane.dynamics;

import dev.wane.decay.Decay;
import dev.wane.schedule.PowerSums;

/**
 * −ln Π(1 − d_t) without visiting the steps, where d_t = d·s_t^p: Σ_k d^k·P_pk/k with P_j = Σ s_t^j.
 *
 * <p>The first term is the first-order total decay; the series is as exact as the product itself.
 */
final class RetentionSeries {
    /** Above it the product is as quick to take as the series. */
    private static final double SMALL = 0.05;

    private static final double NEGLIGIBLE = 1e-17;

    private RetentionSeries() {}

    /**
     * The sum of the series, for any convention but a coupled penalty under momentum.
     *
     * @return A = −ln Π(1 − d_t); NaN where λ moves, d is not small, or the powers of the schedule have no closed form
     */
    static double effective(DecayRun run) {
        Decay decay = run.decay().plain();
        double peak = decay.convention().decayPerStep(run.learningRate(), 1, decay.weightDecay());
        int exponent = decay.convention().schedulePower();
        if (!run.weightDecaySchedule().isConstant() || !(peak >= 0 && peak <= SMALL)) {
            return Double.NaN;
        }
        double sum = 0;
        double power = peak;
        for (int k = 1; power * run.steps() > NEGLIGIBLE * sum; k++) {
            sum += power * PowerSums.of(run.schedule(), run.steps(), exponent * k) / k;
            power *= peak;
        }
        return sum;
    }

    /** Σ d_t, the first term; defined where {@link #effective} is. */
    static double total(DecayRun run) {
        Decay decay = run.decay().plain();
        double peak = decay.convention().decayPerStep(run.learningRate(), 1, decay.weightDecay());
        return peak
                * PowerSums.of(run.schedule(), run.steps(), decay.convention().schedulePower());
    }
}
