package dev.wane.formats.config;

import dev.wane.schedule.Linear;
import dev.wane.schedule.Piecewise;
import dev.wane.schedule.ScheduleShape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A learning rate that falls as a power of what is left of the run: f + (1 − f)·(1 − x)^p. */
final class PowerDecay {
    private static final int SAMPLES = 128;

    private PowerDecay() {}

    /** Null where the power or the run's steps are not known; a line for the power 1. */
    static @Nullable ScheduleShape of(double power, double floor, Resolution resolution, long warmup) {
        if (power == 1) {
            return new Linear(floor);
        }
        long steps = ScheduleResolver.steps(resolution) - warmup;
        if (!(power > 0) || steps < 1) {
            return null;
        }
        List<Piecewise.Point> points = new ArrayList<>();
        for (int i = 0; i <= SAMPLES; i++) {
            long step = steps * i / SAMPLES;
            if (points.isEmpty() || step > points.getLast().step()) {
                double left = Math.max(0, 1 - (double) step / steps);
                points.add(new Piecewise.Point(step, floor + (1 - floor) * Math.pow(left, power)));
            }
        }
        return new Piecewise(points, true);
    }
}
