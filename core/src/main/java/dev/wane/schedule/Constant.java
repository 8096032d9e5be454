package dev.wane.schedule;

/** The peak all the way: 1. */
public record Constant() implements ScheduleShape {
    @Override
    public String id() {
        return "constant";
    }

    @Override
    public double at(long step, long length) {
        return 1;
    }
}
