package dev.wane.law;

import dev.wane.framework.Family;

/**
 * nanochat's rule for Muon matrices: λ₂ = λ₁·√(B₂/B₁)·D₁/D₂ with η₂ = η₁·√(B₂/B₁), D what is seen in the whole run.
 *
 * @see <a href="https://github.com/karpathy/nanochat">karpathy/nanochat</a>
 */
public record Nanochat() implements DecayLaw {
    @Override
    public String id() {
        return "nanochat";
    }

    @Override
    public String keeps() {
        return "ηλD/B";
    }

    @Override
    public String formula() {
        return "η₂ = η₁·√(B₂/B₁), λ₂ = λ₁·√(B₂/B₁)·D₁/D₂";
    }

    @Override
    public String source() {
        return "github.com/karpathy/nanochat";
    }

    @Override
    public String validity() {
        return "matrices under Muon with cautious decay and λ falling to zero; relative to nanochat's own reference";
    }

    @Override
    public boolean inSpread() {
        return false;
    }

    @Override
    public Applicability applicability(Setting base, Setting target) {
        if (base.recipe().family() != Family.MUON || target.recipe().family() != Family.MUON) {
            return Applicability.no("stated for matrices under Muon");
        }
        if (!base.convention().equals(target.convention())) {
            return Applicability.no("the conventions differ");
        }
        return Double.isNaN(Ratios.of(base, target).runSteps()
                        + Ratios.of(base, target).batch())
                ? Applicability.no("needs batchSize and the run length of base and target")
                : Applicability.yes("for matrices under Muon");
    }

    @Override
    public Prescription prescribe(Setting base, Setting target) {
        Ratios ratios = Ratios.of(base, target);
        double root = Math.sqrt(ratios.batch());
        double seen = ratios.runSteps() / ratios.batch();
        return new Prescription(
                base.learningRate() * root,
                base.weightDecay() * root * seen,
                target.recipe().betas(),
                target.recipe().epsilon());
    }
}
