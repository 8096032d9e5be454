package dev.wane.dynamics;

import dev.wane.decay.Decay;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.WeightDecaySchedule;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * A weight decay over a run as scheduled: the decay d_t of every step.
 *
 * @param decay λ with its convention
 * @param learningRate peak η, ≥ 0
 * @param schedule learning rate over the run
 * @param weightDecaySchedule λ over the run
 * @param steps S ≥ 1
 */
public record DecayRun(
        Decay decay, double learningRate, Schedule schedule, WeightDecaySchedule weightDecaySchedule, long steps) {
    /**
     * Checks the length.
     *
     * @throws IllegalArgumentException if there is no step
     */
    public DecayRun {
        if (steps < 1) {
            throw new IllegalArgumentException("steps must be >= 1, got " + steps);
        }
    }

    /**
     * A run with a constant λ.
     *
     * @param decay λ with its convention
     * @param learningRate peak η, ≥ 0
     * @param schedule learning rate over the run
     * @param steps S ≥ 1
     * @return the run
     */
    public static DecayRun of(Decay decay, double learningRate, Schedule schedule, long steps) {
        return new DecayRun(decay, learningRate, schedule, WeightDecaySchedule.constant(), steps);
    }

    /**
     * The decay of one step.
     *
     * @param step t in [0, S)
     * @return d_t; NaN where no decay per step exists
     */
    public double decayPerStep(long step) {
        double lambda = decay.weightDecay() * weightDecaySchedule.multiplier(step, steps);
        return decay.convention().decayPerStep(learningRate, schedule.multiplier(step, steps), lambda);
    }

    /**
     * The decay of a step at the peak of the learning rate, with λ as at the start.
     *
     * @return d; NaN where no decay per step exists
     */
    public double peakDecay() {
        return decay.perStep(learningRate);
    }

    /**
     * The decays of the whole run.
     *
     * @return d of t = 0 … S − 1
     */
    public DoubleStream decays() {
        return LongStream.range(0, steps).mapToDouble(this::decayPerStep);
    }
}
