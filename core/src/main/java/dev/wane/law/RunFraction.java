package dev.wane.law;

/**
 * Keeps the timescale as a share of the run: d₂ = d₁·(E₁M₁)/(E₂M₂). A run that is twice as long averages over twice as
 * much.
 *
 * @see <a href="https://arxiv.org/abs/2509.25087">Bergsma et al. (2025), Scaling with Collapse</a>
 */
public record RunFraction() implements DecayLaw {
    @Override
    public String id() {
        return "run-fraction";
    }

    @Override
    public String keeps() {
        return "τ as a share of the run";
    }

    @Override
    public String formula() {
        return "λ₂ = λ₁·(η₁/η₂)·(E₁M₁)/(E₂M₂)";
    }

    @Override
    public String source() {
        return "arXiv:2509.25087";
    }

    @Override
    public String validity() {
        return "runs of equal tokens per parameter; one of three published answers where only the epochs change";
    }

    @Override
    public boolean fromScratch() {
        return true;
    }

    @Override
    public Applicability applicability(Setting base, Setting target) {
        Applicability decays = DecayLaw.needsDecayPerStep(base, target);
        if (!decays.applicable()) {
            return decays;
        }
        return Double.isNaN(Ratios.of(base, target).runSteps())
                ? Applicability.no("needs the run length of base and target")
                : Applicability.yes("keeps the timescale as a share of the run");
    }

    @Override
    public Prescription prescribe(Setting base, Setting target) {
        double kept = base.decayPerStep() * Ratios.of(base, target).runSteps();
        return Prescription.decayPerStep(kept, target);
    }
}
