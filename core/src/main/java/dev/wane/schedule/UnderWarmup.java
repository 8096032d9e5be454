package dev.wane.schedule;

/**
 * A shape that begins with the run: the warm-up lies over its first steps and does not put it off. Its multiplier is
 * {@code inner.at(step + w, length + w)}.
 *
 * <p>The schedules of timm, Ultralytics and detectron2 are such.
 *
 * @param inner a shape without steps of its own
 * @param warmupSteps w ≥ 0, as the schedule's
 */
public record UnderWarmup(ScheduleShape inner, long warmupSteps) implements ScheduleShape {
    /** What follows the inner shape's identifier. */
    public static final String SUFFIX = "-under-warmup";

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if warmupSteps is negative, or the inner shape is neither linear nor cosine
     */
    public UnderWarmup {
        if (warmupSteps < 0) {
            throw new IllegalArgumentException("warmupSteps must be >= 0, got " + warmupSteps);
        }
        if (!(inner instanceof Linear || inner instanceof Cosine)) {
            throw new IllegalArgumentException("only linear and cosine go under a warm-up, got " + inner.id());
        }
    }

    /**
     * A schedule whose shape begins with the run.
     *
     * @param inner linear or cosine
     * @param warmupSteps w ≥ 0
     * @return without warm-up the shape itself
     */
    public static Schedule schedule(ScheduleShape inner, long warmupSteps) {
        return new Schedule(warmupSteps == 0 ? inner : new UnderWarmup(inner, warmupSteps), warmupSteps);
    }

    @Override
    public String id() {
        return inner.id() + SUFFIX;
    }

    @Override
    public double at(long step, long length) {
        return inner.at(step + warmupSteps, length + warmupSteps);
    }

    @Override
    public ScheduleShape scaled(double ratio) {
        return new UnderWarmup(inner, Math.round(warmupSteps * ratio));
    }
}
