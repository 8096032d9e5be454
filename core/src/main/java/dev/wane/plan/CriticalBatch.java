package dev.wane.plan;

/**
 * Batch sizes beyond which the rules for batches end.
 *
 * @see <a href="https://arxiv.org/abs/1812.06162">McCandlish et al. (2018)</a>
 */
public final class CriticalBatch {
    private static final double SEQUENCE = 2048;

    private CriticalBatch() {}

    /**
     * Kaplan's critical batch: 2·10⁸/L^(1/0.21) tokens at a loss of L nats.
     *
     * @param loss L &gt; 0
     * @return tokens
     * @see <a href="https://arxiv.org/abs/2001.08361">Kaplan et al. (2020)</a>
     */
    public static double kaplan(double loss) {
        return 2e8 / Math.pow(loss, 1 / 0.21);
    }

    /**
     * Power Lines' critical batch: 0.0471·D^0.462 sequences of 2048 tokens, D the tokens seen. The exponent was read in
     * the paper; the coefficient is unchecked.
     *
     * @param tokens D &gt; 0
     * @return tokens
     * @see <a href="https://arxiv.org/abs/2505.13738">Bergsma et al. (2025)</a>
     */
    public static double powerLines(double tokens) {
        return 0.0471 * Math.pow(tokens, 0.462) * SEQUENCE;
    }

    /**
     * Power Lines' best batch: 0.0306·D^0.383 sequences of 2048 tokens, whatever the size of the network.
     *
     * @param tokens D &gt; 0
     * @return sequences of 2048 tokens
     * @see <a href="https://arxiv.org/abs/2505.13738">Bergsma et al. (2025)</a>
     */
    public static double powerLinesBestSequences(double tokens) {
        return 0.0306 * Math.pow(tokens, 0.383);
    }
}
