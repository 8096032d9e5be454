package dev.wane.formats.apply;

import dev.wane.formats.config.Origin;
import dev.wane.formats.config.Quantity;
import dev.wane.formats.config.ResolvedConfig;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problems;
import dev.wane.plan.Alternative;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of a configuration must be written anew for a plan. */
public final class PlannedEdits {
    private static final double SAME = 1e-9;
    /** In the order in which people change them: the memory of a device holds a micro-batch. */
    private static final List<String> PARTS = List.of("accumulation", "microBatchSize");

    private final Path file;
    private final ResolvedConfig config;
    private final List<Change> changes = new ArrayList<>();
    private final Problems problems = new Problems();

    private PlannedEdits(Path file, ResolvedConfig config) {
        this.file = file;
        this.config = config;
    }

    /**
     * Learning rate, weight decay and, where the file has it as one number, batch size.
     *
     * @param file which is to change; what it takes from other files is named, not changed
     * @param batchSize of the target; NaN where it is not known
     * @throws InputException naming every quantity that changes and is not written as a number of its own
     */
    public static List<Change> of(Path file, ResolvedConfig config, Alternative answer, double batchSize) {
        PlannedEdits planned = new PlannedEdits(file, config);
        planned.change("learningRate", answer.learningRate());
        planned.change("weightDecay", answer.weightDecay());
        if (!Double.isNaN(batchSize)) {
            planned.batch(batchSize);
        }
        planned.problems.throwIfAny();
        return planned.changes;
    }

    /** The whole where it is written; else the first of its parts that a whole number can take there. */
    private void batch(double after) {
        Double before = config.resolution().number("batchSize");
        Quantity whole = quantity("batchSize");
        boolean product = whole != null && whole.origin() instanceof Origin.Computed;
        if (!product || before == null) {
            change("batchSize", after);
            return;
        }
        Optional<String> part = PARTS.stream()
                .filter(name -> config.resolution().written(name) != null)
                .filter(name -> isWhole(config.resolution().number(name), after / before))
                .findFirst();
        if (part.isPresent()) {
            double count = Objects.requireNonNull(config.resolution().number(part.get()));
            change(part.get(), Math.rint(count * after / before));
        } else {
            change("batchSize", after);
        }
    }

    private static boolean isWhole(@Nullable Double count, double ratio) {
        double scaled = count == null ? Double.NaN : count * ratio;
        return scaled >= 1 && Math.abs(scaled - Math.rint(scaled)) <= SAME * scaled;
    }

    private @Nullable Quantity quantity(String name) {
        return config.resolution().all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private void change(String name, double after) {
        Quantity quantity = quantity(name);
        String key = config.resolution().usualKey(name);
        Double before = config.resolution().number(name);
        boolean same = before != null && Math.abs(before - after) <= SAME * Math.abs(before);
        if (quantity == null || same) {
            return;
        }
        if (quantity.origin() instanceof Origin.Written written
                && !Path.of(written.position().file()).equals(file)) {
            problems.add(
                    written.position(),
                    name + " stands in another file: set it to " + NumberText.of(after)
                            + " there, or apply to that file");
        } else if (quantity.origin() instanceof Origin.Written written && before != null) {
            changes.add(new Edit(name, written.position(), written.key(), before, after));
        } else if (key != null) {
            changes.add(new Addition(name, key, after));
        } else {
            problems.add(
                    Position.option(),
                    name + " is no number of its own in the file ("
                            + quantity.origin().text() + "): set it to " + NumberText.of(after) + " by hand");
        }
    }
}
