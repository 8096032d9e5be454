package dev.wane.watch;

import dev.wane.recipe.Recipe;
import dev.wane.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
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
        Trace logged = run.weightDecay().orElse(null);
        Recipe recipe = run.recipe();
        if (meant == null
                || logged == null
                || recipe == null
                || !recipe.weightDecaySchedule().isConstant()) {
            return;
        }
        DoublePredicate other = value -> Math.abs(value - meant) > SAME * meant;
        logged.samples().stream()
                .filter(sample -> other.test(sample.value()))
                .findFirst()
                .ifPresent(sample -> found.add(finding("weight-decay-differs", "weight decay", sample, meant)));
    }

    /** The peak: a schedule never goes above it. */
    private static void learningRate(WatchedRun run, Recipe recipe, List<Diagnosis> found) {
        Double peak = recipe.learningRate();
        Trace logged = run.learningRate().orElse(null);
        if (peak == null || logged == null) {
            return;
        }
        boolean warm = warm(run, recipe);
        Sample above = logged.samples().stream()
                .filter(sample -> sample.value() > peak * (1 + SAME))
                .findFirst()
                .orElse(null);
        if (above != null) {
            found.add(finding("learning-rate-differs", "learning rate", above, peak));
        } else if (warm && logged.max() < peak * (1 - 5 * SAME)) {
            found.add(finding(
                    "learning-rate-differs",
                    "largest learning rate",
                    new Sample(logged.first().step(), logged.max()),
                    peak));
        }
    }

    /** Whether the log holds a step at which the schedule is at its peak. */
    private static boolean warm(WatchedRun run, Recipe recipe) {
        long steps = run.plannedSteps();
        Schedule schedule = recipe.schedule();
        if (schedule == null || steps < 1) {
            return false;
        }
        return run.learningRate().stream()
                .flatMap(trace -> trace.samples().stream())
                .anyMatch(sample ->
                        schedule.multiplier(Math.clamp((long) sample.step() - 1, 0, steps - 1), steps) > 1 - SAME);
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
