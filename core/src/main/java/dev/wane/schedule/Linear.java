package dev.wane.schedule;

/**
 * A straight line to the floor: 1 − (1 − f)·x with x = step/length.
 *
 * @param floor f, the end as a share of the peak, in [0, 1]
 */
public record Linear(double floor) implements ScheduleShape {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the floor is outside [0, 1]
     */
    public Linear {
        Ranges.requireShare("floor", floor);
    }

    @Override
    public String id() {
        return "linear";
    }

    @Override
    public double at(long step, long length) {
        return 1 - (1 - floor) * step / length;
    }
}
