package dev.wane.engine;

/**
 * The temperature that makes a model's confidence fit: the T &gt; 0 that minimises the mean negative log likelihood of
 * softmax(scores/T) on held-out examples.
 *
 * @see <a href="https://arxiv.org/abs/1706.04599">Guo et al. (2017), section 4.2</a>
 */
public final class Temperature {
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final double WIDEST = Math.log(100);
    private static final double TOLERANCE = 1e-3;

    private Temperature() {}

    /** Golden-section search on ln T in ±ln 100: the likelihood is unimodal in it. */
    public static double fit(Logits logits) {
        double low = -WIDEST;
        double high = WIDEST;
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double atLeft = logits.nll(Math.exp(left));
        double atRight = logits.nll(Math.exp(right));
        while (high - low > TOLERANCE) {
            if (atLeft < atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - GOLDEN * (high - low);
                atLeft = logits.nll(Math.exp(left));
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + GOLDEN * (high - low);
                atRight = logits.nll(Math.exp(right));
            }
        }
        return Math.exp((low + high) / 2);
    }
}
