package dev.wane.decay;

/**
 * Decay multiplied by the current learning rate: θ ← (1 − η·s·λ)·θ, so d = η·s·λ.
 *
 * <p>The convention of torch AdamW, optax, Keras optimizers' {@code weight_decay}, DeepSpeed, Apex and Megatron. It
 * differs from the published algorithm, where λ is multiplied by the schedule alone ({@link DecoupledSchedule}).
 */
public record DecoupledLr() implements DecayConvention {
    @Override
    public String id() {
        return "decoupled-lr";
    }

    @Override
    public double decayPerStep(double learningRate, double multiplier, double weightDecay) {
        return learningRate * multiplier * weightDecay;
    }

    @Override
    public double weightDecayFor(double learningRate, double decayPerStep) {
        return decayPerStep / learningRate;
    }

    @Override
    public double torchWeightDecay(double learningRate, double weightDecay, boolean constantSchedule) {
        return weightDecay;
    }
}
