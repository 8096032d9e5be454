package dev.wane.lab.trial;

import dev.wane.engine.Measured;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a trial gave.
 *
 * @param id of its specification
 * @param divergedAtStep null if it finished
 * @param metrics by name, for example {@code validation.error}; empty if it diverged
 * @param series figures by step
 * @param seconds wall time of training and evaluation
 * @param provenance who computed it: not part of the identity
 */
public record TrialResult(
        String id,
        @Nullable Long divergedAtStep,
        Map<String, Double> metrics,
        List<Measured> series,
        double seconds,
        Provenance provenance) {

    public TrialResult {
        metrics = Map.copyOf(metrics);
        series = List.copyOf(series);
    }

    public boolean diverged() {
        return divergedAtStep != null;
    }

    /** A metric; NaN if the trial diverged. */
    public double metric(String name) {
        if (diverged()) {
            return Double.NaN;
        }
        Double value = metrics.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "no metric '" + name + "' in trial " + id + "; it has " + metrics.keySet());
        }
        return value;
    }
}
