package dev.wane.law;

import java.util.Locale;

/**
 * Published learning rates and batch sizes for language-model training, by size and data or by compute. None of them
 * changes λ (0.1): with any of them, compute λ from {@link PowerLines} afterwards.
 */
public enum SizeRule {
    /** η = 1.79·N^−0.713·D^0.307, B = 0.58·D^0.571 tokens; cosine to 1e-5. */
    STEP_LAW(
            "η = 1.79·N^−0.713·D^0.307, B = 0.58·D^0.571 tokens",
            "arXiv:2503.04715",
            "language models, λ = 0.1, cosine to a floor of 1e-5") {
        @Override
        public double learningRate(double parameters, double tokens) {
            return 1.79 * Math.pow(parameters, -0.713) * Math.pow(tokens, 0.307);
        }

        @Override
        public double batchTokens(double parameters, double tokens) {
            return 0.58 * Math.pow(tokens, 0.571);
        }
    },
    /** η = 0.3118·C^−0.125, B = 0.2920·C^0.3271 tokens, C = 6ND. */
    DEEPSEEK(
            "η = 0.3118·C^−0.125, B = 0.2920·C^0.3271 tokens, C = 6ND",
            "arXiv:2401.02954",
            "language models, by compute alone, λ = 0.1") {
        @Override
        public double learningRate(double parameters, double tokens) {
            return 0.3118 * Math.pow(compute(parameters, tokens), -0.125);
        }

        @Override
        public double batchTokens(double parameters, double tokens) {
            return 0.2920 * Math.pow(compute(parameters, tokens), 0.3271);
        }
    },
    /** η = 0.0127·C^−0.057, B = 0.0065·C^0.4138 tokens, C = 6ND. */
    MOONLIGHT(
            "η = 0.0127·C^−0.057, B = 0.0065·C^0.4138 tokens, C = 6ND",
            "arXiv:2502.16982",
            "language models, by compute alone, λ = 0.1") {
        @Override
        public double learningRate(double parameters, double tokens) {
            return 0.0127 * Math.pow(compute(parameters, tokens), -0.057);
        }

        @Override
        public double batchTokens(double parameters, double tokens) {
            return 0.0065 * Math.pow(compute(parameters, tokens), 0.4138);
        }
    };

    private final String formula;
    private final String source;
    private final String validity;

    SizeRule(String formula, String source, String validity) {
        this.formula = formula;
        this.source = source;
        this.validity = validity;
    }

    /**
     * The rule as it is published.
     *
     * @return η and B by N parameters and D tokens
     */
    public String formula() {
        return formula;
    }

    /**
     * The rule's learning rate.
     *
     * @param parameters N &gt; 0
     * @param tokens D &gt; 0
     * @return peak η
     */
    public abstract double learningRate(double parameters, double tokens);

    /**
     * The rule's batch.
     *
     * @param parameters N &gt; 0
     * @param tokens D &gt; 0
     * @return tokens per step
     */
    public abstract double batchTokens(double parameters, double tokens);

    /**
     * The λ with the rule's learning rate and batch, by {@link PowerLines}: B/(η·D·τ).
     *
     * @param parameters N &gt; 0
     * @param tokens D &gt; 0
     * @return λ, decoupled and multiplied by the learning rate
     */
    public double weightDecay(double parameters, double tokens) {
        double share = PowerLines.timescale(tokens / parameters);
        return batchTokens(parameters, tokens) / (learningRate(parameters, tokens) * tokens * share);
    }

    /**
     * For which runs it is stated.
     *
     * @return a phrase
     */
    public String validity() {
        return validity;
    }

    /**
     * Where it was published.
     *
     * @return an arXiv number
     */
    public String source() {
        return source;
    }

    /**
     * The name used in JSON.
     *
     * @return lower case with hyphens
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Training compute.
     *
     * @param parameters N
     * @param tokens D
     * @return C = 6ND
     */
    static double compute(double parameters, double tokens) {
        return 6 * parameters * tokens;
    }
}
