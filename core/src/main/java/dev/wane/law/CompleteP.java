package dev.wane.law;

import dev.wane.framework.Family;
import dev.wane.recipe.Recipe;

/**
 * Complete(d)P: hyper-parameters of hidden matrices over width, depth, batch and duration at once. With m_S = S₂/S₁ the
 * ratio of steps, m the ratio of widths and m_L of depths: η ∝ 1/(m·√m_S), λ ∝ m/√m_S, ε ∝ √m_S/(m·m_L),
 * 1 − β ∝ 1/m_S.
 *
 * @see <a href="https://arxiv.org/abs/2512.22382">Complete(d)P (2025)</a>
 * @see <a href="https://arxiv.org/abs/2505.01618">Dey et al. (2025), CompleteP</a>
 */
public record CompleteP() implements DecayLaw {
    @Override
    public String id() {
        return "complete-p";
    }

    @Override
    public String keeps() {
        return "the SDE of Adam under CompleteP";
    }

    @Override
    public String formula() {
        return "η/(m·√m_S), λ·m/√m_S, ε·√m_S/(m·m_L), 1−β → (1−β)/m_S, m_S = S₂/S₁";
    }

    @Override
    public String source() {
        return "arXiv:2512.22382";
    }

    @Override
    public String validity() {
        return "hidden matrices of transformers under Adam with residual branches scaled by 1/depth";
    }

    @Override
    public boolean inSpread() {
        return false;
    }

    @Override
    public boolean fromScratch() {
        return true;
    }

    @Override
    public Applicability applicability(Setting base, Setting target) {
        Applicability run = new RunFraction().applicability(base, target);
        if (!run.applicable()) {
            return run;
        }
        if (base.recipe().family() != Family.ADAM
                || !target.recipe().optimizer().equals(base.recipe().optimizer())) {
            return Applicability.no("stated for Adam");
        }
        Ratios ratios = Ratios.of(base, target);
        double faster = ratios.runSteps();
        if (faster * (1 - base.recipe().betas().first()) > 1
                || faster * (1 - base.recipe().betas().second()) > 1) {
            return Applicability.no("the run has so few steps that a beta would fall below 0");
        }
        return faster == 1 && ratios.width() == 1 && ratios.depth() == 1
                ? Applicability.no("neither steps nor width nor depth change")
                : Applicability.yes("scales every hyper-parameter of hidden matrices");
    }

    @Override
    public Prescription prescribe(Setting base, Setting target) {
        Ratios ratios = Ratios.of(base, target);
        Recipe recipe = base.recipe();
        double faster = ratios.runSteps();
        double root = Math.sqrt(faster);
        double rate = base.learningRate() * root / ratios.width();
        double perStep = base.decayPerStep() * faster;
        return new Prescription(
                rate,
                target.convention().weightDecayFor(rate, perStep),
                recipe.betas().scaled(faster),
                recipe.epsilon() / (root * ratios.width() * ratios.depth()));
    }
}
