package dev.wane.decay;

/**
 * An L2 penalty's gradient λθ added before an adaptive preconditioner: torch's {@code Adam(weight_decay)}.
 *
 * <p>No single decay per step exists: where gradient noise dominates, a coordinate decays by about ηλ/√v with its own v;
 * where the penalty dominates, every step has length η whatever λ is. All figures are NaN.
 *
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter (2019), proposition 2</a>
 */
public record CoupledAdaptive() implements DecayConvention {
    @Override
    public String id() {
        return "coupled";
    }

    @Override
    public double decayPerStep(double learningRate, double multiplier, double weightDecay) {
        return weightDecay == 0 ? 0 : Double.NaN;
    }

    @Override
    public double weightDecayFor(double learningRate, double decayPerStep) {
        return decayPerStep == 0 ? 0 : Double.NaN;
    }

    @Override
    public double torchWeightDecay(double learningRate, double weightDecay, boolean constantSchedule) {
        return weightDecay == 0 ? 0 : Double.NaN;
    }
}
