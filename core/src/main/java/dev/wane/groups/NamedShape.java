package dev.wane.groups;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A parameter as a checkpoint names it.
 *
 * @param name with dots
 * @param shape its sizes; empty for a scalar
 * @param shapeKnown false where only the name is known; then the shape is empty
 */
public record NamedShape(String name, List<Long> shape, boolean shapeKnown) {
    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if the name is blank or a size is negative
     */
    public NamedShape {
        shape = List.copyOf(shape);
        if (name.isBlank() || shape.stream().anyMatch(size -> size < 0)) {
            throw new IllegalArgumentException("a parameter needs a name and sizes >= 0, got '" + name + "' " + shape);
        }
    }

    /**
     * A parameter with its shape.
     *
     * @param name with dots
     * @param shape its sizes
     * @return the parameter
     */
    public static NamedShape of(String name, List<Long> shape) {
        return new NamedShape(name, shape, true);
    }

    /**
     * The number of dimensions.
     *
     * @return 0 for a scalar; −1 where it is not known
     */
    public int dimensions() {
        return shapeKnown ? shape.size() : -1;
    }

    /**
     * The shape for people.
     *
     * @return {@code [768, 3072]}; {@code [?]} where it is not known
     */
    public String shapeText() {
        return shapeKnown ? shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]")) : "[?]";
    }
}
