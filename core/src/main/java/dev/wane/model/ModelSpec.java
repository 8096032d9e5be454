package dev.wane.model;

/**
 * A multilayer perceptron with ReLU.
 *
 * @param norm what stands between the linear layers
 * @param width hidden units per layer, ≥ 1
 * @param depth hidden layers, ≥ 1
 * @param gainLearningRate peak learning rate of the scale-invariant net's logit gain, &gt; 0; not read by others
 */
public record ModelSpec(Normalization norm, int width, int depth, double gainLearningRate) implements Network {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a size is below 1 or the gain's learning rate is not finite and positive
     */
    public ModelSpec {
        requirePositive("width", width);
        requirePositive("depth", depth);
        requirePositive("gainLearningRate", gainLearningRate);
    }

    /**
     * The kind of network.
     *
     * @return {@code mlp}
     */
    public String kind() {
        return "mlp";
    }

    /**
     * A short name for reports.
     *
     * @return for example {@code mlp 2×128, layer norm}
     */
    @Override
    public String label() {
        String between = switch (norm) {
            case SCALE_INVARIANT -> "scale-invariant";
            case LAYER -> "LayerNorm";
            case NONE -> "plain";
        };
        return between + " MLP " + depth + "×" + width;
    }

    @Override
    public String applicability() {
        return norm.applicability();
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be finite and > 0, got " + value);
        }
    }
}
