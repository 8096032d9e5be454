package dev.wane.dynamics;

import dev.wane.decay.CoupledSgd;
import dev.wane.decay.Decay;
import dev.wane.schedule.Schedule;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;

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

    /**
     * Follows a weight through a run without a loss gradient.
     *
     * @param decay λ with its convention
     * @param learningRate peak η, ≥ 0
     * @param schedule learning rate over the run
     * @param steps S ≥ 1
     * @return the retention
     */
    public static Retention of(Decay decay, double learningRate, Schedule schedule, long steps) {
        if (decay.convention() instanceof CoupledSgd sgd && sgd.momentum() > 0) {
            return recurrence(sgd, decay.weightDecay(), learningRate, schedule, steps);
        }
        double log = sum(steps, step -> Math.log1p(-decay.perStep(learningRate, schedule.multiplier(step, steps))));
        double total = sum(steps, step -> decay.perStep(learningRate, schedule.multiplier(step, steps)));
        return new Retention(Math.exp(log), total, -log + 0.0);
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

    private static Retention recurrence(
            CoupledSgd sgd, double weightDecay, double rate, Schedule schedule, long steps) {
        double weight = 1;
        double buffer = 0;
        double logScale = 0;
        for (long step = 0; step < steps; step++) {
            double gradient = weightDecay * weight;
            buffer = sgd.momentum() * buffer + (1 - sgd.dampening()) * gradient;
            double direction = sgd.nesterov() ? gradient + sgd.momentum() * buffer : buffer;
            weight -= rate * schedule.multiplier(step, steps) * direction;
            // Long runs leave less than a double can hold: the scale is carried as a logarithm.
            if (Math.abs(weight) + Math.abs(buffer) < TINY) {
                weight /= TINY;
                buffer /= TINY;
                logScale += Math.log(TINY);
            }
        }
        double log = Math.log(weight) + logScale;
        return new Retention(weight * Math.exp(logScale), -log, -log);
    }

    /** DoubleStream.sum compensates, which a million tiny decays need. */
    private static double sum(long steps, LongToDoubleFunction term) {
        return LongStream.range(0, steps).mapToDouble(term).sum();
    }
}
