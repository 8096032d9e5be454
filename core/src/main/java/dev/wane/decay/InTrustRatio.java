package dev.wane.decay;

/**
 * λθ added to an update that is then scaled to the size of the weight: LARS, LAMB, NovoGrad.
 *
 * <p>The relative size of a step is set by the learning rate whatever λ is; λ only mixes the direction. No decay per
 * step exists and no batch-size rule applies: all figures are NaN.
 *
 * @see <a href="https://arxiv.org/abs/1708.03888">You, Gitman and Ginsburg (2017)</a>
 * @see <a href="https://arxiv.org/abs/1904.00962">You et al. (2019)</a>
 */
public record InTrustRatio() implements DecayConvention {
    @Override
    public String id() {
        return "in-trust-ratio";
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
