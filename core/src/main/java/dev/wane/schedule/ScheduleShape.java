package dev.wane.schedule;

/**
 * The learning rate after warm-up, as a share of its peak. Step is counted from the end of warm-up, and length is what
 * remains of the run then.
 */
public sealed interface ScheduleShape
        permits Constant, Linear, Cosine, CosineRestarts, Wsd, InverseTime, InverseSqrt, Piecewise, UnderWarmup {
    /**
     * The name used in files, JSON and on the command line.
     *
     * @return a lower-case identifier such as {@code cosine}
     */
    String id();

    /**
     * The multiplier of one step.
     *
     * @param step steps since the end of warm-up, in [0, length)
     * @param length steps of the run after warm-up, ≥ 1
     * @return multiplier, ≥ 0; 1 is the peak
     */
    double at(long step, long length);

    /**
     * The shape for a run of another length: what is counted in steps scales with it, rounded.
     *
     * @param ratio S₂/S₁ &gt; 0
     * @return the scaled shape
     */
    default ScheduleShape scaled(double ratio) {
        return this;
    }
}
