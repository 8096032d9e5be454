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
    public String keeps() {
        return "τ in epochs";
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
        Applicability decays = DecayLaw.needsDecayPerStep(base, target);
        if (!decays.applicable()) {
            return decays;
        }
        return Double.isNaN(Ratios.of(base, target).stepsPerEpoch())
                ? Applicability.no("needs batchSize and datasetSize of base and target, where one of them changes")
                : Applicability.yes("keeps the timescale in epochs");
    }

    @Override
    public Prescription prescribe(Setting base, Setting target) {
        return Prescription.decayPerStep(decayPerStep(base, target), target);
    }

    /** d₂ = d₁·M₁/M₂, what other laws build on. */
    static double decayPerStep(Setting base, Setting target) {
        return base.decayPerStep() * Ratios.of(base, target).stepsPerEpoch();
    }
}
