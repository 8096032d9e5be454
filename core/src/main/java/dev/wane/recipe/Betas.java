package dev.wane.recipe;

/**
 * The averaging coefficients of an Adam-type optimizer.
 *
 * @param first β₁ of the mean, in [0, 1)
 * @param second β₂ of the mean square, in [0, 1)
 */
public record Betas(double first, double second) {
    /** The framework default (0.9, 0.999). */
    public static final Betas DEFAULT = new Betas(0.9, 0.999);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a coefficient is outside [0, 1)
     */
    public Betas {
        requireShare("first", first);
        requireShare("second", second);
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException("betas: " + name + " must be in [0, 1), got " + value);
        }
    }
}
