package dev.wane.schedule;

/**
 * Warm-up, stable, decay: the peak, then a straight line to the floor over the last steps.
 *
 * @param decaySteps steps of the final decay, ≥ 1; a shorter run decays all the way
 * @param floor f, the end as a share of the peak, in [0, 1]
 * @see <a href="https://arxiv.org/abs/2404.06395">Hu et al. (2024)</a>
 */
public record Wsd(long decaySteps, double floor) implements ScheduleShape {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is outside its range
     */
    public Wsd {
        Ranges.requireSteps("decaySteps", decaySteps);
        Ranges.requireShare("floor", floor);
    }

    @Override
    public String id() {
        return "wsd";
    }

    @Override
    public double at(long step, long length) {
        long decaying = Math.min(decaySteps, length);
        long into = step - (length - decaying);
        return into <= 0 ? 1 : new Linear(floor).at(into, decaying);
    }

    @Override
    public ScheduleShape scaled(double ratio) {
        return new Wsd(Ranges.scaled(decaySteps, ratio), floor);
    }
}
