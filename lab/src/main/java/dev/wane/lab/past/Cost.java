package dev.wane.lab.past;

import org.jspecify.annotations.Nullable;

/**
 * What it costs to be wrong in the timescale by a factor, either way.
 *
 * @param factor how far from the best, &gt; 1
 * @param loss expected, in the figure's own unit
 * @param low of a 95 % interval; null with {@code high} where the runs do not allow one
 * @param high of the interval
 * @param within whether runs that far from the best were seen; outside it is the parabola that speaks
 */
public record Cost(
        double factor,
        double loss,
        @Nullable Double low,
        @Nullable Double high,
        boolean within) {}
