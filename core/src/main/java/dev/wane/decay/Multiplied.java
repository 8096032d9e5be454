package dev.wane.decay;

/**
 * Another convention after λ was multiplied by a constant: Smile's perceptron decays by 2ηλ, Ultralytics multiplies λ
 * by batch/64.
 *
 * @param factor c &gt; 0; NaN where it depends on a quantity that is unknown
 * @param inner what cλ means
 */
public record Multiplied(double factor, DecayConvention inner) implements DecayConvention {
    @Override
    public String id() {
        return inner.id();
    }

    @Override
    public double decayPerStep(double learningRate, double multiplier, double weightDecay) {
        return inner.decayPerStep(learningRate, multiplier, factor * weightDecay);
    }

    @Override
    public double timescaleSteps(double learningRate, double weightDecay) {
        return inner.timescaleSteps(learningRate, factor * weightDecay);
    }

    @Override
    public double weightDecayFor(double learningRate, double decayPerStep) {
        return inner.weightDecayFor(learningRate, decayPerStep) / factor;
    }

    @Override
    public double exactWeightDecayFor(double learningRate, double decayPerStep) {
        return inner.exactWeightDecayFor(learningRate, decayPerStep) / factor;
    }

    @Override
    public double torchWeightDecay(double learningRate, double weightDecay, boolean constantSchedule) {
        return inner.torchWeightDecay(learningRate, factor * weightDecay, constantSchedule);
    }

    @Override
    public int schedulePower() {
        return inner.schedulePower();
    }
}
