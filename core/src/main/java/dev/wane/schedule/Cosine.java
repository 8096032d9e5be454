package dev.wane.schedule;

/**
 * Half a cosine to the floor: f + (1 − f)·½(1 + cos πx) with x = step/length.
 *
 * @param floor f, the end as a share of the peak, in [0, 1]
 */
public record Cosine(double floor) implements ScheduleShape {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the floor is outside [0, 1]
     */
    public Cosine {
        Ranges.requireShare("floor", floor);
    }

    @Override
    public String id() {
        return "cosine";
    }

    @Override
    public double at(long step, long length) {
        return floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * step / length));
    }
}
