package dev.wane.formats.diff;

import dev.wane.recipe.Recipe;
import dev.wane.recipe.TrainingScale;
import dev.wane.schedule.Schedule;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The learning rate that a trainer logged, beside the one that a configuration's schedule has at that step. */
final class LoggedRate {
    /** A log has five digits. */
    private static final double ROUNDING = 1e-3;

    private LoggedRate() {}

    /** Empty where they agree, or one of them is not known. */
    static Optional<Difference> of(RunSettings a, RunSettings b) {
        RunSettings state = a.checkpoint() ? a : b;
        Recipe recipe = (a.checkpoint() ? b : a).recipe();
        if (!(state.run().get(TrainerState.RATE) instanceof Double logged)
                || !(state.run().get(TrainerState.STEP) instanceof Double step)
                || recipe == null) {
            return Optional.empty();
        }
        Double planned = planned(recipe, step.longValue(), logged);
        return planned == null
                ? Optional.empty()
                : Optional.of(new Difference(
                        "run",
                        "learningRateNow",
                        a.checkpoint() ? logged : planned,
                        a.checkpoint() ? planned : logged,
                        "at step " + step.longValue() + " the run that wrote it had another schedule or another peak"));
    }

    /** Programs log before or after the scheduler's step: the steps beside it count as well. Null where one of them agrees. */
    private static @Nullable Double planned(Recipe recipe, long step, double logged) {
        Schedule schedule = recipe.schedule();
        Double peak = recipe.learningRate();
        long steps = TrainingScale.of(recipe).executedSteps();
        if (schedule == null || peak == null || step < 1 || step >= steps) {
            return null;
        }
        double[] near = LongStream.rangeClosed(step - 2, step + 1)
                .filter(t -> t >= 0 && t < steps)
                .mapToDouble(t -> peak * schedule.multiplier(t, steps))
                .sorted()
                .toArray();
        boolean agrees = logged >= near[0] * (1 - ROUNDING) && logged <= near[near.length - 1] * (1 + ROUNDING);
        return agrees ? null : Double.valueOf(peak * schedule.multiplier(step - 1, steps));
    }
}
