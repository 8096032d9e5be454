package dev.wane.law;

/**
 * Keeps Loshchilov and Hutter's normalised weight decay λ_norm, where the decay per step is λ_norm/√(E·M):
 * d₂ = d₁·√(E₁M₁/(E₂M₂)).
 *
 * <p>Their λ is not multiplied by the learning rate; torch's is λ_norm/(η√(E·M)), a thousand times larger at η = 1e-3.
 *
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter (2019), appendix B.1</a>
 */
public record Normalised() implements DecayLaw {
    @Override
    public String id() {
        return "normalised";
    }

    @Override
    public String keeps() {
        return "λ_norm = d·√(E·M)";
    }

    @Override
    public String formula() {
        return "d₂ = d₁·√(E₁M₁/(E₂M₂))";
    }

    @Override
    public String source() {
        return "arXiv:1711.05101";
    }

    @Override
    public String validity() {
        return "image classification with cosine restarts; the authors offer it as one possibility; epochs of a restart";
    }

    @Override
    public Applicability applicability(Setting base, Setting target) {
        return new RunFraction().applicability(base, target).applicable()
                ? Applicability.yes("keeps the normalised weight decay")
                : new RunFraction().applicability(base, target);
    }

    @Override
    public Prescription prescribe(Setting base, Setting target) {
        double kept = base.decayPerStep() * Math.sqrt(Ratios.of(base, target).runSteps());
        return Prescription.decayPerStep(kept, target);
    }

    /**
     * The decay per step of a normalised weight decay.
     *
     * @param normalised λ_norm ≥ 0
     * @param runSteps E·M, or executed steps, &gt; 0
     * @return λ_norm/√(E·M), in the published convention
     */
    public static double decayPerStep(double normalised, double runSteps) {
        return normalised / Math.sqrt(runSteps);
    }
}
