package dev.wane.lab.past;

import dev.wane.formats.runs.MetricChoice;
import dev.wane.formats.runs.SweepRun;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs that several sources hold, as a table and the tracker that it was taken from: each counts as often as in the source that
 * has it the most often. Runs of one source are never the same: they may be seeds.
 */
final class SameRuns {
    /** Figures of fewer digits may well be equal by chance. */
    private static final int LEAST_DIGITS = 5;

    private SameRuns() {}

    private record Key(
            @Nullable Double learningRate,
            @Nullable Double weightDecay,
            @Nullable Double batchSize,
            double figure) {}

    /**
     * Leaves them out.
     *
     * @param sizes how many of the runs are of each source, in their order
     */
    static List<SweepRun> once(List<SweepRun> all, List<Integer> sizes, MetricChoice metric) {
        List<SweepRun> kept = new ArrayList<>();
        Map<Key, Integer> most = new HashMap<>();
        int from = 0;
        for (int size : sizes) {
            Map<Key, Integer> here = new HashMap<>();
            for (SweepRun run : all.subList(from, from + size)) {
                int count = key(run, metric)
                        .map(key -> here.merge(key, 1, Integer::sum))
                        .orElse(1);
                boolean known = key(run, metric)
                        .map(key -> count <= most.getOrDefault(key, 0))
                        .orElse(false);
                if (!known) {
                    kept.add(run);
                }
            }
            here.forEach((key, count) -> most.merge(key, count, Math::max));
            from += size;
        }
        return kept;
    }

    private static Optional<Key> key(SweepRun run, MetricChoice metric) {
        double figure = metric.judged(run.run());
        boolean exact = Double.isFinite(figure)
                && new BigDecimal(Double.toString(figure)).stripTrailingZeros().precision() >= LEAST_DIGITS;
        return exact
                ? Optional.of(new Key(
                        run.recipe().learningRate(),
                        run.recipe().weightDecay(),
                        run.recipe().batchSize(),
                        figure))
                : Optional.empty();
    }
}
