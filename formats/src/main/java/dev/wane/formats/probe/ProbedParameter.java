package dev.wane.formats.probe;

import dev.wane.groups.NamedShape;

/**
 * A parameter that an optimizer holds.
 *
 * @param group the index of its group
 * @param type of its numbers, as torch names it: {@code float32}, {@code bfloat16}, …
 * @param trained whether it asks for a gradient
 */
public record ProbedParameter(NamedShape parameter, int group, String type, boolean trained) {
    /** How many numbers it has. */
    public long elements() {
        return parameter.shape().stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
    }
}
