package dev.wane.lab.fit;

import java.util.Arrays;

/**
 * One λ of a curve with the metric of every seed.
 *
 * @param place on the lattice
 * @param weightDecay λ
 * @param values one per seed, in seed order; NaN where the run diverged
 */
@SuppressWarnings("ArrayRecordComponent")
public record Point(int place, double weightDecay, double[] values) {
    /** Mean over seeds; infinite if any diverged: no λ that diverges is a good one. */
    public double mean() {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Double.isNaN(mean) ? Double.POSITIVE_INFINITY : mean;
    }

    /** Standard deviation over seeds; NaN for one seed. */
    public double deviation() {
        double mean = mean();
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / (values.length - 1));
    }

    boolean usable() {
        return mean() < Double.POSITIVE_INFINITY;
    }
}
