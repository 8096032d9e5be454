package dev.wane.plan;

import java.util.Locale;

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
     * Samples to a given loss, over the fewest possible: 1 + B/B_crit; twice as many at the critical batch.
     *
     * @param batch B &gt; 0
     * @param critical B_crit &gt; 0, in the same unit
     * @return at least 1
     * @see <a href="https://arxiv.org/abs/1812.06162">McCandlish et al. (2018), (S/S_min − 1)(E/E_min − 1) = 1</a>
     */
    public static double samples(double batch, double critical) {
        return 1 + batch / critical;
    }

    /**
     * Steps to a given loss, over the fewest possible: 1 + B_crit/B.
     *
     * @param batch B &gt; 0
     * @param critical B_crit &gt; 0, in the same unit
     * @return at least 1
     * @see <a href="https://arxiv.org/abs/1812.06162">McCandlish et al. (2018)</a>
     */
    public static double steps(double batch, double critical) {
        return 1 + critical / batch;
    }

    /**
     * What a batch costs, in words.
     *
     * @param batch B &gt; 0
     * @param critical B_crit &gt; 0, in the same unit
     * @return samples and steps over the fewest possible
     */
    public static String cost(double batch, double critical) {
        return String.format(
                Locale.ROOT,
                "a batch of %.4g against a critical batch of %.4g: the same loss takes %.3g × the fewest samples and %.3g ×"
                        + " the fewest steps",
                batch,
                critical,
                samples(batch, critical),
                steps(batch, critical));
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
