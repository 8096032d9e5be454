package dev.wane.formats.apply;

import dev.wane.formats.config.ResolvedConfig;
import dev.wane.formats.config.RunFacts;
import dev.wane.formats.tree.TreeReader;
import dev.wane.plan.Alternative;
import dev.wane.plan.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A configuration brought to a plan. The new text is read back before anyone sees it: learning rate, weight decay and batch
 * size must read as planned; steps, epochs, warm-up and floors are changed where the text then says more of the plan.
 *
 * @param patch the change
 * @param left what of the plan the new text does not say
 */
public record PlannedPatch(Patch patch, List<String> left) {
    private static final String OPEN =
            "the schedule is not known in steps: length, warm-up, least rates and rates of a part stay as"
                    + " they are; bring them in proportion by hand";

    public PlannedPatch {
        left = List.copyOf(left);
    }

    /**
     * Brings a file to a plan.
     *
     * @param facts with which the file was resolved
     * @param answer the law's weight decay and the learning rate that goes with it
     * @throws dev.wane.formats.problem.InputException naming every number that cannot be changed in the file itself
     */
    public static PlannedPatch of(Path file, RunFacts facts, ResolvedConfig config, Plan plan, Alternative answer) {
        String text = TreeReader.text(file);
        List<Change> changes = PlannedEdits.of(file, config, answer, batch(plan));
        Patch numbers = Patch.of(file.toString(), text, changes);
        ReadBack back = new ReadBack(file, facts, plan, answer);
        PlannedPatch plain = new PlannedPatch(numbers, back.check(numbers));
        List<Change> schedule =
                ScheduleEdits.of(file, TreeReader.mapping(file), config.resolution(), plan, answer.learningRate())
                        .stream()
                        .filter(numbers::takes)
                        .toList();
        if (config.resolution().unresolved("schedule")) {
            return new PlannedPatch(numbers, List.of(OPEN));
        }
        if (plain.left().isEmpty() || schedule.isEmpty()) {
            return plain;
        }
        List<Change> all = new ArrayList<>(schedule);
        all.addAll(changes);
        Patch whole = Patch.of(file.toString(), text, all);
        List<String> left = back.left(whole);
        return left.size() < plain.left().size() && plain.left().containsAll(left)
                ? new PlannedPatch(whole, left)
                : plain;
    }

    /** NaN where it stays. */
    private static double batch(Plan plan) {
        Double batch = plan.target().batchSize();
        return batch == null || Objects.equals(plan.base().batchSize(), batch) ? Double.NaN : batch;
    }
}
