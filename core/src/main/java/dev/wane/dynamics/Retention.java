package dev.wane.dynamics;

import dev.wane.decay.CoupledSgd;

/**
 * How much of a weight the weight decay alone leaves, over a run as scheduled.
 *
 * <p>run = Π(1 − d_t) over the executed steps; total = Σ d_t; effective = −ln run. For SGD with momentum and a coupled
 * penalty, run is the exact zero-gradient recurrence v ← μv + (1 − a)λθ, θ ← θ − ηv from θ = 1, v = 0, and total is
 * −ln of it. NaN where the decay per step is undefined.
 *
 * @param run share of a weight left after the run
 * @param total first-order total decay
 * @param effective A = −ln(run), how much decay alone would remove
 */
public record Retention(double run, double total, double effective) {
    private static final double TINY = 1e-100;

    /** Steps from which nobody waits for a closed form's last bit. */
    private static final long LONG = 50_000;

    /**
     * Follows a weight through a run without a loss gradient.
     *
     * @param run the decay of every step
     * @return the retention
     */
    public static Retention of(DecayRun run) {
        if (run.decay().plain().convention() instanceof CoupledSgd sgd && sgd.momentum() > 0) {
            return recurrence(sgd, run);
        }
        if (run.steps() > LONG) {
            double series = RetentionSeries.effective(run);
            if (!Double.isNaN(series)) {
                return new Retention(Math.exp(-series), RetentionSeries.total(run), series);
            }
        }
        double effective = product(run);
        return new Retention(Math.exp(-effective), run.decays().sum(), effective);
    }

    /**
     * How much decay alone would remove over a run, without the other figures.
     *
     * @param run the decay of every step
     * @return A = −ln Π(1 − d_t); NaN where the decay per step is undefined
     */
    public static double effective(DecayRun run) {
        if (followsMomentum(run)) {
            return of(run).effective();
        }
        double series = RetentionSeries.effective(run);
        return Double.isNaN(series) ? product(run) : series;
    }

    /** −ln Π(1 − d_t), step by step. */
    private static double product(DecayRun run) {
        return -run.decays().map(d -> Math.log1p(-d)).sum() + 0.0;
    }

    private static boolean followsMomentum(DecayRun run) {
        return run.decay().plain().convention() instanceof CoupledSgd sgd && sgd.momentum() > 0;
    }

    /**
     * The share of a weight left after one epoch at the peak learning rate.
     *
     * @param decayPerStep d at peak, &lt; 1
     * @param stepsPerEpoch M
     * @return (1 − d)^M
     */
    public static double perEpoch(double decayPerStep, double stepsPerEpoch) {
        return Math.exp(stepsPerEpoch * Math.log1p(-decayPerStep));
    }

    private static Retention recurrence(CoupledSgd sgd, DecayRun run) {
        double lambda = run.decay().plain().weightDecay();
        double weight = 1;
        double buffer = 0;
        double logScale = 0;
        for (long step = 0; step < run.steps(); step++) {
            double gradient = lambda * run.weightDecaySchedule().multiplier(step, run.steps()) * weight;
            buffer = sgd.momentum() * buffer + (1 - sgd.dampening()) * gradient;
            double direction = sgd.nesterov() ? gradient + sgd.momentum() * buffer : buffer;
            weight -= run.learningRate() * run.schedule().multiplier(step, run.steps()) * direction;
            // Long runs leave less than a double can hold: the scale is carried as a logarithm.
            if (Math.abs(weight) + Math.abs(buffer) < TINY) {
                weight /= TINY;
                buffer /= TINY;
                logScale += Math.log(TINY);
            }
        }
        // An oscillating decay may end below zero: what is left is a size.
        double log = Math.log(Math.abs(weight)) + logScale;
        return new Retention(weight * Math.exp(logScale), -log, -log);
    }
}
