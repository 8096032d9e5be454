package dev.wane.formats.config;

import dev.wane.schedule.Constant;
import dev.wane.schedule.Piecewise;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DeepSpeed's warm-up unless told otherwise: s_t = ln(t + 1)/ln w, which is at half of the peak after √w steps. */
final class LogWarmup {
    private static final int SAMPLES = 64;

    private LogWarmup() {}

    /**
     * The warm-up and what follows, by lines between points.
     *
     * @param run steps of the run; not needed where the peak stays
     * @return null where the run is needed and not known
     */
    static @Nullable Schedule of(ScheduleShape shape, long warmup, long run) {
        long w = Math.max(2, warmup);
        boolean constant = shape instanceof Constant;
        if (!constant && run < 1) {
            return null;
        }
        List<Piecewise.Point> points = new ArrayList<>();
        for (int i = 0; i <= SAMPLES; i++) {
            add(points, Math.round(Math.pow(w, (double) i / SAMPLES)) - 1, w);
        }
        for (int i = 0; i <= SAMPLES; i++) {
            long after = constant ? 0 : Math.max(0, run - w) * i / SAMPLES;
            if (w + after > points.getLast().step()) {
                points.add(new Piecewise.Point(w + after, shape.at(after, Math.max(1, run - w))));
            }
        }
        return new Schedule(new Piecewise(points, true), 0);
    }

    private static void add(List<Piecewise.Point> points, long step, long warmup) {
        if (points.isEmpty() || step > points.getLast().step()) {
            points.add(new Piecewise.Point(step, Math.log1p(step) / Math.log(warmup)));
        }
    }
}
