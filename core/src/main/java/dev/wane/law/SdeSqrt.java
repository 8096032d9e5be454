package dev.wane.law;

import dev.wane.framework.Family;
import dev.wane.recipe.Betas;
import dev.wane.recipe.Recipe;

/**
 * Keeps the stochastic differential equation of Adam: with κ = B₂/B₁, η₂ = √κ·η₁, 1 − β₂ = κ(1 − β₁), ε₂ = ε₁/√κ, and the
 * weight decay that keeps the timescale then, √κ·λ₁ for a change of batch alone.
 *
 * <p>Weight decay is not in the paper; equal drift per unit of its time gives the same λ. Betas need κ(1 − β) &lt; 1.
 *
 * @see <a href="https://arxiv.org/abs/2205.10287">Malladi et al. (2022), definition 5.2</a>
 */
public record SdeSqrt() implements DecayLaw {
    /** Less what 1 − β loses in rounding. */
    private static final double ONE = 1 - 1e-12;

    @Override
    public String id() {
        return "sde-sqrt";
    }

    @Override
    public String keeps() {
        return "the SDE of Adam, and τ in epochs";
    }

    @Override
    public String formula() {
        return "η√κ, 1−β → κ(1−β), ε/√κ, λ₂ = λ₁·(η₁/η₂)·(M₁/M₂)";
    }

    @Override
    public String source() {
        return "arXiv:2205.10287";
    }

    @Override
    public String validity() {
        return "Adam and RMSprop where gradient noise dominates; κ < 1/(1−β₁)";
    }

    @Override
    public boolean inSpread() {
        return false;
    }

    @Override
    public Applicability applicability(Setting base, Setting target) {
        Applicability kept = new ConstantTimescale().applicability(base, target);
        if (!kept.applicable()) {
            return kept;
        }
        Ratios ratios = Ratios.of(base, target);
        if (ratios.batch() == 1) {
            return Applicability.no("the batch size does not change");
        }
        if (base.recipe().family() != Family.ADAM) {
            return Applicability.no("stated for Adam, and for RMSprop, whose smoothing a recipe does not hold");
        }
        if (!target.recipe().optimizer().equals(base.recipe().optimizer())) {
            return Applicability.no("the optimizer changes");
        }
        return scaled(base.recipe().betas(), ratios.batch())
                ? Applicability.yes("keeps the noise of Adam per sample")
                : Applicability.no("κ = " + ratios.batch() + " needs κ(1−β) < 1 for both betas");
    }

    private static boolean scaled(Betas betas, double ratio) {
        return ratio * (1 - betas.first()) < ONE && ratio * (1 - betas.second()) < ONE;
    }

    @Override
    public Prescription prescribe(Setting base, Setting target) {
        double ratio = Ratios.of(base, target).batch();
        double root = Math.sqrt(ratio);
        Recipe recipe = base.recipe();
        double rate = base.learningRate() * root;
        double lambda = target.convention().weightDecayFor(rate, ConstantTimescale.decayPerStep(base, target));
        return new Prescription(rate, lambda, recipe.betas().scaled(ratio), recipe.epsilon() / root);
    }
}
