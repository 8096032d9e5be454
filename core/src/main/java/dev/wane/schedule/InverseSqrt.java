package dev.wane.schedule;

/**
 * 1/√(1 + t/T₀). After a warm-up of T₀ steps this is the usual √(T₀/step) of transformers.
 *
 * @param decaySteps T₀ &gt; 0, in steps
 */
public record InverseSqrt(double decaySteps) implements ScheduleShape {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if T₀ is not finite and positive
     */
    public InverseSqrt {
        Ranges.requirePositive("decaySteps", decaySteps);
    }

    @Override
    public String id() {
        return "inverse-sqrt";
    }

    @Override
    public double at(long step, long length) {
        return 1 / Math.sqrt(1 + step / decaySteps);
    }

    @Override
    public ScheduleShape scaled(double ratio) {
        return new InverseSqrt(decaySteps * ratio);
    }
}
