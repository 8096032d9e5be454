package dev.wane.formats.config;

import dev.wane.schedule.Piecewise;
import dev.wane.schedule.ScheduleShape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A learning rate that falls by a factor at some steps of the run. */
final class StepDecay {
    private StepDecay() {}

    /** The shape after the warm-up; null where the steps do not rise. */
    static @Nullable ScheduleShape of(List<Long> steps, double gamma, long warmup) {
        List<Piecewise.Point> points = new ArrayList<>();
        points.add(new Piecewise.Point(0, 1));
        double multiplier = 1;
        for (long step : steps) {
            multiplier *= gamma;
            long after = step - warmup;
            if (after <= points.getLast().step()) {
                return null;
            }
            points.add(new Piecewise.Point(after, multiplier));
        }
        return new Piecewise(points, false);
    }
}
