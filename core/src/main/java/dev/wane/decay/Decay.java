package dev.wane.decay;

/**
 * A weight decay with the convention that gives it meaning.
 *
 * @param weightDecay λ as written; finite and ≥ 0
 * @param convention what λ is multiplied by
 */
public record Decay(double weightDecay, DecayConvention convention) {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if λ is negative, infinite or NaN
     */
    public Decay {
        if (!(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weightDecay must be finite and >= 0, got " + weightDecay);
        }
    }

    /**
     * Decay in torch's decoupled convention.
     *
     * @param weightDecay λ, multiplied by the learning rate in each step; finite and ≥ 0
     * @return the decay
     */
    public static Decay decoupledLr(double weightDecay) {
        return new Decay(weightDecay, new DecoupledLr());
    }

    /**
     * The fraction of a weight that a step at the peak learning rate removes.
     *
     * @param learningRate peak η, ≥ 0
     * @return d = {@link DecayConvention#decayPerStep} at multiplier 1; NaN where undefined
     */
    public double perStep(double learningRate) {
        return convention.decayPerStep(learningRate, 1, weightDecay);
    }

    /**
     * The fraction of a weight that a step removes.
     *
     * @param learningRate peak η, ≥ 0
     * @param multiplier schedule multiplier of the step, in [0, 1]
     * @return d; NaN where undefined
     */
    public double perStep(double learningRate, double multiplier) {
        return convention.decayPerStep(learningRate, multiplier, weightDecay);
    }

    /**
     * The same convention with another λ.
     *
     * @param weightDecay λ, finite and ≥ 0
     * @return the new decay
     */
    public Decay withWeightDecay(double weightDecay) {
        return new Decay(weightDecay, convention);
    }

    /**
     * The same decay without constant factors: a penalty c·Σθ² becomes the coupled λ = 2c.
     *
     * @return λ and convention with no {@link Multiplied} or {@link Penalty} around it; a factor that is unknown stays
     */
    public Decay plain() {
        return switch (convention) {
            case Multiplied unknown when Double.isNaN(unknown.factor()) -> this;
            case Penalty unknown when Double.isNaN(unknown.factor()) -> this;
            case Multiplied multiplied -> new Decay(multiplied.factor() * weightDecay, multiplied.inner()).plain();
            case Penalty penalty -> new Decay(penalty.factor() * weightDecay, penalty.inner()).plain();
            default -> this;
        };
    }
}
