package dev.wane.lint;

import dev.wane.decay.RawDecay;
import dev.wane.recipe.TrainingScale;
import java.util.List;
import java.util.Objects;

/** Decay that the learning rate does not multiply goes on at full strength while the updates die away. */
public record ScheduleOutlives() implements Rule {
    private static final double MOST_LEFT = 0.5;

    @Override
    public String id() {
        return "schedule-outlives";
    }

    @Override
    public String title() {
        return "the decay outlives the learning rate";
    }

    @Override
    public List<Finding> check(Subject subject) {
        if (!subject.decays() || !raw(subject) || !(lastMultiplier(subject) < MOST_LEFT)) {
            return List.of();
        }
        return List.of(new Finding(
                id(),
                Severity.WARNING,
                "weightDecay",
                subject.recipe().meaning() + " decays by λ whatever the learning rate is, and that falls to "
                        + Text.of(lastMultiplier(subject)) + " of its peak: weights shrink toward zero at the end",
                "schedule λ along with the learning rate",
                "tensorflow/addons#844, deeplearning4j#7076"));
    }

    private static boolean raw(Subject subject) {
        return Objects.requireNonNull(subject.recipe().decay()).plain().convention() instanceof RawDecay
                && subject.recipe().weightDecaySchedule().isConstant();
    }

    private static double lastMultiplier(Subject subject) {
        long steps = TrainingScale.of(subject.recipe()).executedSteps();
        return steps < 1 ? Double.NaN : subject.recipe().scheduleOrConstant().multiplier(steps - 1, steps);
    }
}
