package dev.wane.decay;

/**
 * Decay multiplied by nothing: θ ← (1 − λ)·θ at every step, so d = λ whatever the schedule does.
 *
 * <p>The convention of TensorFlow Addons and of optax's adafactor. It equals torch's λ/η under a constant schedule only.
 */
public record RawDecay() implements DecayConvention {
    @Override
    public String id() {
        return "raw";
    }

    @Override
    public double decayPerStep(double learningRate, double multiplier, double weightDecay) {
        return weightDecay;
    }

    @Override
    public double weightDecayFor(double learningRate, double decayPerStep) {
        return decayPerStep;
    }

    @Override
    public double torchWeightDecay(double learningRate, double weightDecay, boolean constantSchedule) {
        return constantSchedule ? weightDecay / learningRate : Double.NaN;
    }

    @Override
    public int schedulePower() {
        return 0;
    }
}
