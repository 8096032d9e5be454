package dev.wane.engine;

/**
 * The temperature that makes a model's confidence fit: the T &gt; 0 that minimises the mean negative log likelihood of
 * softmax(scores/T) on held-out examples, between 1/100 and 100.
 *
 * @see <a href="https://arxiv.org/abs/1706.04599">Guo et al. (2017), section 4.2</a>
 */
public final class Temperature {
    private static final double WIDEST = 100;
    private static final double TOLERANCE = 1e-6;

    private Temperature() {}

    /**
     * Newton's method on 1/T, in which the likelihood is convex, with bisection where a step leaves the bracket.
     */
    public static double fit(Logits logits) {
        double low = 1 / WIDEST;
        double high = WIDEST;
        double inverse = 1;
        while (high / low > 1 + TOLERANCE) {
            Logits.Slope slope = logits.slope(inverse);
            if (slope.first() > 0) {
                high = inverse;
            } else {
                low = inverse;
            }
            double next = inverse - slope.first() / slope.second();
            if (Math.abs(next - inverse) <= TOLERANCE * inverse) {
                return 1 / next;
            }
            inverse = next > low && next < high ? next : Math.sqrt(low * high);
        }
        return 1 / inverse;
    }
}
