package dev.wane.law;

/**
 * Keeps the timescale in epochs: the weights average updates over the same share of the data.
 *
 * <p>τ_epoch = 1/(d·M) with d the first-order decay per step and M steps per epoch; in the decoupled-lr convention
 * λ₂ = λ₁·(η₁/η₂)·(M₁/M₂). Overflow and NaN follow the arithmetic.
 *
 * @see <a href="https://arxiv.org/abs/2405.13698">Wang and Aitchison (2024), section 4</a>
 */
public record ConstantTimescale() implements DecayLaw {
    @Override
    public String id() {
        return "constant-timescale";
    }

    @Override
    public String formula() {
        return "λ₂ = λ₁·(η₁/η₂)·(M₁/M₂)";
    }

    @Override
    public String source() {
        return "arXiv:2405.13698";
    }

    @Override
    public String validity() {
        return "normalised weights, multi-epoch training, up to about the critical batch size";
    }

    @Override
    public Applicability applicability(Setting base, Setting target) {
        if (Double.isNaN(base.stepsPerEpoch() / target.stepsPerEpoch())) {
            return Applicability.no("needs batchSize and datasetSize of base and target");
        }
        if (Double.isNaN(
                base.convention().weightDecayFor(1, 1) + target.convention().weightDecayFor(1, 1))) {
            return Applicability.no("a coupled penalty under an adaptive optimizer has no decay per step");
        }
        return Applicability.yes("keeps the timescale in epochs");
    }

    @Override
    public double weightDecay(double weightDecay, Setting base, Setting target) {
        double decayPerStep = 1 / base.convention().timescaleSteps(base.learningRate(), weightDecay);
        double kept = decayPerStep * base.stepsPerEpoch() / target.stepsPerEpoch();
        return target.convention().weightDecayFor(target.learningRate(), kept);
    }
}
