package dev.wane.lab.transfer;

import dev.wane.formats.experiment.Metric;
import dev.wane.lab.trial.TrialResult;
import java.util.Arrays;
import java.util.List;

/**
 * One λ at a target, trained on every confirmation seed and read on the test set.
 *
 * @param weightDecay λ
 * @param values the judged metric, one per seed in seed order; NaN where the run diverged
 * @param results of the same trials
 */
@SuppressWarnings("ArrayRecordComponent")
public record Arm(double weightDecay, double[] values, List<TrialResult> results) {
    public Arm {
        results = List.copyOf(results);
    }

    static Arm of(double weightDecay, List<TrialResult> results, Metric metric) {
        return new Arm(
                weightDecay,
                results.stream()
                        .mapToDouble(result -> metric.judged(result.metric("test." + metric.id())))
                        .toArray(),
                results);
    }

    public double mean() {
        return mean(values);
    }

    /** Standard deviation over seeds. */
    public double deviation() {
        double mean = mean();
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / (values.length - 1));
    }

    /** Whether every trial that trained has a metric. */
    public boolean has(String metric) {
        return results.stream()
                .allMatch(result -> result.diverged() || result.metrics().containsKey(metric));
    }

    /** Mean over seeds of another metric of the same trials. */
    public double mean(String metric) {
        return mean(
                results.stream().mapToDouble(result -> result.metric(metric)).toArray());
    }

    public long diverged() {
        return results.stream().filter(TrialResult::diverged).count();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
