package dev.wane.watch;

import dev.wane.groups.ParameterRole;

/**
 * A parameter of a run.
 *
 * @param name with dots
 * @param role what it seems to be
 * @param elements how many numbers it has, ≥ 1
 * @param weightDecay λ of its group, ≥ 0; NaN where it is not known
 * @param roundedApart whether its numbers are bfloat16 and its decay is rounded to them before the update is added
 */
public record WatchedParameter(
        String name, ParameterRole role, long elements, double weightDecay, boolean roundedApart) {
    /**
     * Whether it is decayed.
     *
     * @return whether λ &gt; 0
     */
    public boolean decayed() {
        return weightDecay > 0;
    }

    /**
     * Whether it is a matrix or a kernel.
     *
     * @return true for those that laws speak of
     */
    public boolean isMatrix() {
        return role == ParameterRole.MATRIX || role == ParameterRole.CONV;
    }
}
