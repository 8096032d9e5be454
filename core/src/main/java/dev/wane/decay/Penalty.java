package dev.wane.decay;

/**
 * A term c·Σθ² in the loss, whose gradient is 2cθ: the coupled convention with λ = 2c. Some libraries write c/2, then
 * λ = c.
 *
 * <p>Keras {@code regularizers.L2} and DJL's {@code L2WeightDecay} have the factor 2; Paddle's {@code L2Decay} has 1.
 *
 * @param factor λ/c, &gt; 0; NaN where it depends on a quantity that is unknown
 * @param inner the coupled convention of the optimizer underneath
 */
public record Penalty(double factor, DecayConvention inner) implements DecayConvention {
    @Override
    public String id() {
        return "penalty";
    }

    @Override
    public double decayPerStep(double learningRate, double multiplier, double weightDecay) {
        return coupled().decayPerStep(learningRate, multiplier, weightDecay);
    }

    @Override
    public double timescaleSteps(double learningRate, double weightDecay) {
        return coupled().timescaleSteps(learningRate, weightDecay);
    }

    @Override
    public double weightDecayFor(double learningRate, double decayPerStep) {
        return coupled().weightDecayFor(learningRate, decayPerStep);
    }

    @Override
    public double exactWeightDecayFor(double learningRate, double decayPerStep) {
        return coupled().exactWeightDecayFor(learningRate, decayPerStep);
    }

    @Override
    public double torchWeightDecay(double learningRate, double weightDecay, boolean constantSchedule) {
        return coupled().torchWeightDecay(learningRate, weightDecay, constantSchedule);
    }

    private Multiplied coupled() {
        return new Multiplied(factor, inner);
    }

    @Override
    public int schedulePower() {
        return inner.schedulePower();
    }
}
