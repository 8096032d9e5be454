package dev.wane.decay;

/**
 * Decay multiplied by the square of the learning rate: θ ← (1 − (ηs)²·λ)·θ, so d = (ηs)²λ.
 *
 * <p>The AdamC variant of schedule_free, whose λ are of the order of 20 to 50. In torch's convention the same decay is
 * ηλ, under a constant schedule only.
 *
 * @see <a href="https://arxiv.org/abs/2506.02285">Defazio (2025)</a>
 */
public record CorrectedRaw() implements DecayConvention {
    @Override
    public String id() {
        return "corrected-raw";
    }

    @Override
    public double decayPerStep(double learningRate, double multiplier, double weightDecay) {
        double rate = learningRate * multiplier;
        return rate * rate * weightDecay;
    }

    @Override
    public double weightDecayFor(double learningRate, double decayPerStep) {
        return decayPerStep / (learningRate * learningRate);
    }

    @Override
    public double torchWeightDecay(double learningRate, double weightDecay, boolean constantSchedule) {
        return constantSchedule ? learningRate * weightDecay : Double.NaN;
    }

    @Override
    public int schedulePower() {
        return 2;
    }
}
