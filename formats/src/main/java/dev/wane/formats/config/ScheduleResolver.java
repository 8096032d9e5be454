package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.recipe.RunLength;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.CosineRestarts;
import dev.wane.schedule.InverseSqrt;
import dev.wane.schedule.Linear;
import dev.wane.schedule.Piecewise;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Schedules by the names that Hugging Face's trainer gives them, from the quantities {@code schedule},
 * {@code warmupSteps}, {@code warmupRatio}, {@code floor} and {@code decaySteps}.
 */
final class ScheduleResolver {
    private static final double SAME_END = 0.01;
    private static final long TIMESCALE = 10_000;
    private static final int SAMPLES = 128;

    private ScheduleResolver() {}

    /**
     * The schedule.
     *
     * @param steps of the run; 0 where unknown
     * @return null where its name is not known
     */
    static @Nullable Schedule of(Resolution resolution, long steps) {
        String kind = resolution.text("schedule");
        if (!"constant".equals(kind) && warmupUnknown(resolution, steps)) {
            return null;
        }
        long warmup = "constant".equals(kind) ? 0 : warmup(resolution, steps);
        ScheduleShape shape = kind == null ? null : shape(kind, resolution, steps, warmup);
        if (shape == null) {
            return null;
        }
        Double stable = resolution.number("stableSteps");
        Double decay = resolution.number("decaySteps");
        Schedule schedule = new Schedule(shape, warmup);
        return stable == null || decay == null || steps < 1
                ? schedule
                : until(schedule, warmup + stable + decay, steps);
    }

    /** A number that is written and not known, or a share of a run whose length is not known. */
    private static boolean warmupUnknown(Resolution resolution, long steps) {
        boolean unknown = Stream.of("warmupSteps", "warmupRatio", "floor", "decaySteps", "stableSteps", "cycles")
                .map(resolution::quantity)
                .anyMatch(quantity -> quantity != null && quantity.value() == null);
        Double count = resolution.number("warmupSteps");
        Double ratio = resolution.number("warmupRatio");
        return unknown || (steps < 1 && ratio != null && ratio > 0 && !(count != null && count > 0));
    }

    /** Steps of the warm-up as written; {@code constant} does not warm up, whatever is written. */
    static long warmup(Resolution resolution, long steps) {
        Double count = resolution.number("warmupSteps");
        Double ratio = resolution.number("warmupRatio");
        if (count != null && count > 0) {
            return (long) Math.rint(count);
        }
        return ratio == null ? 0 : (long) Math.ceil(ratio * steps);
    }

    private static @Nullable ScheduleShape shape(String kind, Resolution resolution, long steps, long warmup) {
        Double written = resolution.number("floor");
        double floor = written == null ? 0 : Math.min(1, Math.max(0, written));
        Double decay = resolution.number("decaySteps");
        return switch (kind) {
            case "constant", "constant_with_warmup" -> new Constant();
            case "linear", "polynomial" -> new Linear(floor);
            case "cosine", "cosine_with_min_lr", "cosine_warmup_with_min_lr" -> new Cosine(floor);
            case "cosine_with_restarts" -> restarts(resolution, floor, steps - warmup);
            case "inverse_sqrt" -> new InverseSqrt(warmup == 0 ? TIMESCALE : warmup);
            case "warmup_stable_decay" -> decay == null ? null : stable(resolution, decay, floor, steps - warmup);
            default -> null;
        };
    }

    private static @Nullable ScheduleShape stable(Resolution resolution, double decay, double floor, double after) {
        Double stable = resolution.number("stableSteps");
        String style = resolution.text("decayStyle");
        return LateDecay.of(
                style == null ? "cosine" : style.replace("1-sqrt", "sqrt"),
                decay,
                floor,
                stable == null ? after : stable + decay);
    }

    private static @Nullable ScheduleShape restarts(Resolution resolution, double floor, long after) {
        Double cycles = resolution.number("cycles");
        long period = after < 1 ? 0 : (long) Math.ceil(after / (cycles == null ? 1 : Math.max(1, cycles)));
        return period < 1 ? null : new CosineRestarts(period, 1, floor);
    }

    /** The floor that a least learning rate is, as a share of the peak; 0 where either is not written. */
    static double floor(@Nullable Found<Double> least, @Nullable Double peak) {
        return least == null || least.value() == null || peak == null || peak <= 0
                ? 0
                : Math.min(1, Math.max(0, least.value() / peak));
    }

    /**
     * A schedule that reaches its end at another step than the run: at its floor from there on, or cut off by the run.
     *
     * @param decaySteps where it ends; null for the run's end
     */
    static Schedule until(Schedule schedule, @Nullable Double decaySteps, Resolution resolution) {
        return decaySteps == null ? schedule : until(schedule, decaySteps, steps(resolution));
    }

    /**
     * A schedule that reaches its end at another step than the run.
     *
     * @param decaySteps where it ends
     * @param run steps of the run; less than 1 where unknown, then it is followed to its end
     */
    static Schedule until(Schedule schedule, double decaySteps, long run) {
        boolean same = run >= 1 && Math.abs(decaySteps - run) <= SAME_END * run;
        if (same || schedule.shape() instanceof Constant) {
            return schedule;
        }
        long length = Math.max(1, (long) decaySteps - schedule.warmupSteps());
        long seen = run < 1 ? length : Math.min(length, Math.max(1, run - schedule.warmupSteps()));
        List<Piecewise.Point> points = new ArrayList<>();
        for (int i = 0; i <= SAMPLES; i++) {
            long step = seen * i / SAMPLES;
            if (points.isEmpty() || step > points.getLast().step()) {
                points.add(new Piecewise.Point(step, schedule.shape().at(step, length)));
            }
        }
        return new Schedule(new Piecewise(points, true), schedule.warmupSteps());
    }

    /**
     * A schedule whose warm-up begins above 0.
     *
     * @param start its first multiplier, above 0
     * @param run steps until its end
     * @return null where that is not known
     */
    static @Nullable Schedule warmedFrom(Schedule schedule, double start, long run) {
        long warmup = schedule.warmupSteps();
        if (run <= 0 || schedule.shape() instanceof Piecewise) {
            return null;
        }
        List<Piecewise.Point> points = new ArrayList<>();
        points.add(new Piecewise.Point(0, Math.min(1, start)));
        long after = Math.max(0, run - warmup);
        for (int i = 0; i <= SAMPLES; i++) {
            long step = warmup + after * i / SAMPLES;
            if (step > points.getLast().step()) {
                points.add(new Piecewise.Point(step, schedule.shape().at(step - warmup, Math.max(1, after))));
            }
        }
        return new Schedule(new Piecewise(points, true), 0);
    }

    /** Steps of an epoch, whose last batch may be left out; 0 where the batch or the data are not known. */
    static double stepsPerEpoch(Resolution resolution) {
        Double batch = resolution.number("batchSize");
        Double data = resolution.number("datasetSize");
        if (batch == null || data == null || !(batch > 0)) {
            return 0;
        }
        return "true".equals(resolution.text("dropLast")) ? Math.floor(data / batch) : Math.ceil(data / batch);
    }

    /** The steps of a run; 0 where they cannot be counted. */
    static long steps(Resolution resolution) {
        Double steps = resolution.number("steps");
        if (steps != null) {
            return (long) Math.rint(steps);
        }
        Double epochs = resolution.number("epochs");
        return epochs == null || !(epochs > 0) || epochs.isInfinite()
                ? 0
                : (long) Math.ceil(new RunLength.Epochs(epochs).amount() * stepsPerEpoch(resolution));
    }
}
