package dev.wane.decay;

/**
 * Decay multiplied by the learning rate and once more by the schedule: θ ← (1 − η·s²·λ)·θ, so d = η·s²·λ, that is
 * λη_t²/η with η_t = η·s.
 *
 * <p>AdamC and SGDC: it keeps the ratio of gradient to weight constant while the learning rate falls. Equal to
 * {@link DecoupledLr} under a constant schedule only.
 *
 * @see <a href="https://arxiv.org/abs/2506.02285">Defazio (2025)</a>
 */
public record Corrected() implements DecayConvention {
    @Override
    public String id() {
        return "corrected";
    }

    @Override
    public double decayPerStep(double learningRate, double multiplier, double weightDecay) {
        return learningRate * multiplier * multiplier * weightDecay;
    }

    @Override
    public double weightDecayFor(double learningRate, double decayPerStep) {
        return decayPerStep / learningRate;
    }

    @Override
    public double torchWeightDecay(double learningRate, double weightDecay, boolean constantSchedule) {
        return constantSchedule ? weightDecay : Double.NaN;
    }

    @Override
    public int schedulePower() {
        return 2;
    }
}
