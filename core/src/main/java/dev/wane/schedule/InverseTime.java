package dev.wane.schedule;

/**
 * 1/(1 + t/T₀). With T₀ = 1/d, d the decay per step at peak, every step has the same weight in the final weights.
 *
 * @param decaySteps T₀ &gt; 0, in steps
 */
public record InverseTime(double decaySteps) implements ScheduleShape {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if T₀ is not finite and positive
     */
    public InverseTime {
        Ranges.requirePositive("decaySteps", decaySteps);
    }

    @Override
    public String id() {
        return "inverse-time";
    }

    @Override
    public double at(long step, long length) {
        return 1 / (1 + step / decaySteps);
    }

    @Override
    public ScheduleShape scaled(double ratio) {
        return new InverseTime(decaySteps * ratio);
    }
}
