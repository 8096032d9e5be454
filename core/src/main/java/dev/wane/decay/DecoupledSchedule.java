package dev.wane.decay;

/**
 * Decay multiplied by the schedule but not by the learning rate: θ ← (1 − s·λ)·θ, so d = s·λ.
 *
 * <p>The form published as AdamW and SGDW (algorithms 1 and 2), of Composer's {@code DecoupledAdamW} and of
 * {@code big_vision}. In torch's convention the same decay is λ/η at the peak learning rate η.
 *
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter (2019), algorithm 2</a>
 */
public record DecoupledSchedule() implements DecayConvention {
    @Override
    public String id() {
        return "decoupled-schedule";
    }

    @Override
    public double decayPerStep(double learningRate, double multiplier, double weightDecay) {
        return multiplier * weightDecay;
    }

    @Override
    public double weightDecayFor(double learningRate, double decayPerStep) {
        return decayPerStep;
    }

    @Override
    public double torchWeightDecay(double learningRate, double weightDecay, boolean constantSchedule) {
        return weightDecay / learningRate;
    }
}
