package dev.wane.schedule;

import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * The learning rate of every step as a share of its peak: a linear warm-up, then a shape.
 *
 * <p>Step t of S has the multiplier s = (t + 1)/w for t &lt; w, then {@code shape.at(t − w, S − w)}.
 *
 * @param shape what follows the warm-up
 * @param warmupSteps w ≥ 0
 */
public record Schedule(ScheduleShape shape, long warmupSteps) {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if warmupSteps is negative
     */
    public Schedule {
        if (warmupSteps < 0) {
            throw new IllegalArgumentException("warmupSteps must be >= 0, got " + warmupSteps);
        }
    }

    /**
     * The peak from the first step to the last.
     *
     * @return a constant schedule without warm-up
     */
    public static Schedule constant() {
        return new Schedule(new Constant(), 0);
    }

    /**
     * The multiplier of one step.
     *
     * @param step t in [0, steps)
     * @param steps S, the executed steps of the run, ≥ 1
     * @return s, ≥ 0; 1 is the peak
     */
    public double multiplier(long step, long steps) {
        if (step < warmupSteps) {
            return (step + 1.0) / warmupSteps;
        }
        return shape.at(step - warmupSteps, steps - warmupSteps);
    }

    /**
     * The multipliers of a whole run.
     *
     * @param steps S ≥ 0
     * @return s of t = 0 … S − 1
     */
    public DoubleStream multipliers(long steps) {
        return LongStream.range(0, steps).mapToDouble(step -> multiplier(step, steps));
    }

    /**
     * Whether every step has the peak learning rate.
     *
     * @return true for a constant shape without warm-up
     */
    public boolean isConstant() {
        return warmupSteps == 0 && shape instanceof Constant;
    }

    /**
     * The schedule for a run of another length: what is counted in steps scales with it, rounded.
     *
     * @param ratio S₂/S₁ &gt; 0
     * @return the scaled schedule
     */
    public Schedule scaled(double ratio) {
        return new Schedule(shape.scaled(ratio), Math.round(warmupSteps * ratio));
    }

    /**
     * Σ s_t over a run, summed with compensation.
     *
     * @param steps S ≥ 0
     * @return the sum of t = 0 … S − 1
     */
    public double sum(long steps) {
        return multipliers(steps).sum();
    }

    /**
     * Σ s_t² over a run, summed with compensation: what {@link dev.wane.decay.Corrected} decay adds up to.
     *
     * @param steps S ≥ 0
     * @return the sum of t = 0 … S − 1
     */
    public double sumOfSquares(long steps) {
        return multipliers(steps).map(s -> s * s).sum();
    }

    /**
     * What of this schedule does not fit into a run.
     *
     * @param steps S
     * @return a sentence; empty if all fits
     */
    public String longerThan(long steps) {
        if (warmupSteps > steps) {
            return "warmupSteps " + warmupSteps + " is longer than the run of " + steps + " steps";
        }
        return shape instanceof Wsd wsd && warmupSteps + wsd.decaySteps() > steps
                ? "warmupSteps " + warmupSteps + " and decaySteps " + wsd.decaySteps() + " are longer than the run of "
                        + steps + " steps"
                : "";
    }
}
