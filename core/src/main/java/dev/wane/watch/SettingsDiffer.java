package dev.wane.watch;

import dev.wane.recipe.Recipe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/** Learning rate or weight decay that is not the configuration's, as after a resume that loads the old ones. */
final class SettingsDiffer implements Diagnoser {
    /** A log has few digits. */
    private static final double SAME = 0.01;

    private static final String REMEDY =
            "load_state_dict takes learning rate and weight decay from the checkpoint: set them again after it";

    @Override
    public List<Diagnosis> look(WatchedRun run) {
        Recipe recipe = run.recipe();
        List<Diagnosis> found = new ArrayList<>();
        if (recipe != null) {
            weightDecay(run, recipe.weightDecay(), found);
            learningRate(run, recipe, found);
        }
        return found;
    }

    private static void weightDecay(WatchedRun run, @Nullable Double meant, List<Diagnosis> found) {
        Recipe recipe = run.recipe();
        if (meant == null || recipe == null || !recipe.weightDecaySchedule().isConstant()) {
            return;
        }
        DoublePredicate other = value -> Math.abs(value - meant) > SAME * meant;
        List<Trace> groups = run.weightDecays();
        boolean someAsMeant = groups.stream()
                .anyMatch(trace -> trace.samples().stream().noneMatch(sample -> other.test(sample.value())));
        groups.stream()
                .filter(trace -> !(someAsMeant && isConstant(trace)))
                .flatMap(trace ->
                        trace.samples().stream().filter(sample -> other.test(sample.value())).findFirst().stream())
                .min(Comparator.comparingDouble(Sample::step))
                .ifPresent(sample -> found.add(finding("weight-decay-differs", "weight decay", sample, meant)));
        groups.stream()
                .filter(trace -> someAsMeant
                        && isConstant(trace)
                        && other.test(trace.first().value()))
                .findFirst()
                .ifPresent(trace -> found.add(ofAGroup(trace.first(), meant)));
    }

    private static boolean isConstant(Trace trace) {
        return trace.samples().stream().mapToDouble(Sample::value).distinct().count() == 1;
    }

    /** Embeddings or heads that are given a λ of their own, all the run long. */
    private static Diagnosis ofAGroup(Sample sample, double meant) {
        return new Diagnosis(
                "weight-decay-differs",
                Diagnosis.Severity.INFO,
                "a group has weight decay " + Diagnoser.number(sample.value()) + " beside the configuration's "
                        + Diagnoser.number(meant),
                "more than " + Diagnoser.number(100 * SAME) + " % apart, from the first sample to the last",
                sample.step(),
                "nothing, where a group of its own is meant",
                "torch.optim.Optimizer.param_groups");
    }

    /** A schedule never goes above its peak; below it, see {@link RateOffSchedule}. */
    private static void learningRate(WatchedRun run, Recipe recipe, List<Diagnosis> found) {
        Double peak = recipe.learningRate();
        Trace logged = run.learningRate().orElse(null);
        if (peak == null || logged == null) {
            return;
        }
        Optional<Sample> above = logged.samples().stream()
                .filter(sample -> sample.value() > peak * (1 + SAME))
                .findFirst();
        above.ifPresentOrElse(
                sample -> found.add(finding("learning-rate-differs", "learning rate", sample, peak)),
                () -> RateOffSchedule.of(run, recipe, logged, peak).ifPresent(found::add));
    }

    private static Diagnosis finding(String id, String what, Sample sample, double meant) {
        return new Diagnosis(
                id,
                Diagnosis.Severity.ERROR,
                what + " " + Diagnoser.number(sample.value()) + " where the configuration says "
                        + Diagnoser.number(meant),
                "more than " + Diagnoser.number(100 * SAME) + " % apart",
                sample.step(),
                REMEDY,
                "torch.optim.Optimizer.load_state_dict");
    }
}
