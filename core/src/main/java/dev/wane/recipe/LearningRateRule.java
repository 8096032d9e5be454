package dev.wane.recipe;

import java.util.Locale;

/** How the peak learning rate follows the batch size: η₂ = η₁·κ^p with κ = B₂/B₁. */
public enum LearningRateRule {
    /** p = 0: the learning rate stays. */
    CONSTANT(0),
    /** p = ½: keeps the noise of adaptive optimizers (Malladi et al., arXiv 2205.10287). */
    SQRT(0.5),
    /** p = 1: keeps the noise of SGD (Goyal et al., arXiv 1706.02677). */
    LINEAR(1);

    private final double exponent;

    LearningRateRule(double exponent) {
        this.exponent = exponent;
    }

    /**
     * The name used in files, JSON and on the command line.
     *
     * @return lower case
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The learning rate at another batch size.
     *
     * @param learningRate η₁ &gt; 0
     * @param batchRatio κ = B₂/B₁ &gt; 0
     * @return η₁·κ^p
     */
    public double learningRate(double learningRate, double batchRatio) {
        return switch (this) {
            case CONSTANT -> learningRate;
            case SQRT -> learningRate * Math.sqrt(batchRatio);
            case LINEAR -> learningRate * batchRatio;
        };
    }

    /**
     * The exponent p.
     *
     * @return 0, ½ or 1
     */
    public double exponent() {
        return exponent;
    }
}
