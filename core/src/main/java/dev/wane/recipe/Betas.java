package dev.wane.recipe;

import dev.wane.framework.Family;

/**
 * The averaging coefficients of an Adam-type optimizer.
 *
 * @param first β₁ of the mean, in [0, 1)
 * @param second β₂ of the mean square, in [0, 1)
 */
public record Betas(double first, double second) {
    /** The framework default (0.9, 0.999). */
    public static final Betas DEFAULT = new Betas(0.9, 0.999);

    private static final Betas LION = new Betas(0.9, 0.99);

    /**
     * What a family's optimizers use where nothing else is said.
     *
     * @param family what the update is like
     * @return (0.9, 0.99) for Lion, else {@link #DEFAULT}
     */
    public static Betas usual(Family family) {
        return family == Family.LION ? LION : DEFAULT;
    }

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a coefficient is outside [0, 1)
     */
    public Betas {
        requireShare("first", first);
        requireShare("second", second);
    }

    /**
     * The coefficients that average over the same samples at another batch size: 1 − β → κ(1 − β).
     *
     * @param ratio κ = B₂/B₁ &gt; 0, with κ(1 − β) ≤ 1 for both
     * @return the scaled coefficients
     * @throws IllegalArgumentException if a coefficient would fall below 0
     * @see <a href="https://arxiv.org/abs/2205.10287">Malladi et al. (2022), definition 5.2</a>
     */
    public Betas scaled(double ratio) {
        return new Betas(1 - ratio * (1 - first), 1 - ratio * (1 - second));
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException("betas: " + name + " must be in [0, 1), got " + value);
        }
    }
}
