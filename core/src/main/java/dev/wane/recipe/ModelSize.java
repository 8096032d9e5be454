package dev.wane.recipe;

import org.jspecify.annotations.Nullable;

/**
 * How large the network is, as far as laws ask.
 *
 * @param parameters N, all parameters, &gt; 0; null if unknown
 * @param widthMultiplier width over the base width, &gt; 0
 * @param depthMultiplier depth over the base depth, &gt; 0
 */
public record ModelSize(@Nullable Double parameters, double widthMultiplier, double depthMultiplier) {
    /** Nothing known of it. */
    public static final ModelSize UNKNOWN = new ModelSize(null, 1, 1);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is not finite and positive
     */
    public ModelSize {
        Positive.require("parameters", parameters);
        Positive.require("widthMultiplier", widthMultiplier);
        Positive.require("depthMultiplier", depthMultiplier);
    }
}
