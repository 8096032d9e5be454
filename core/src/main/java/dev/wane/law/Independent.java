package dev.wane.law;

/**
 * Keeps the decay per step when the learning rate changes: in the decoupled-lr convention λ₂ = λ₁·η₁/η₂, so that ηλ
 * stays. It says nothing about batch size or data.
 *
 * @see <a href="https://arxiv.org/abs/2309.14322">Wortsman et al. (2023)</a>
 */
public record Independent() implements DecayLaw {
    @Override
    public String id() {
        return "independent";
    }

    @Override
    public String keeps() {
        return "ηλ";
    }

    @Override
    public String formula() {
        return "η₂λ₂ = η₁λ₁";
    }

    @Override
    public String source() {
        return "arXiv:2309.14322";
    }

    @Override
    public String validity() {
        return "a change of learning rate alone; ignores batch size and data";
    }

    @Override
    public boolean inSpread() {
        return false;
    }

    @Override
    public Applicability applicability(Setting base, Setting target) {
        Applicability decays = DecayLaw.needsDecayPerStep(base, target);
        if (!decays.applicable()) {
            return decays;
        }
        if (base.learningRate() == target.learningRate() && base.convention().equals(target.convention())) {
            return Applicability.no("the learning rate does not change: the same as unchanged");
        }
        return Applicability.yes("keeps the decay per step");
    }

    @Override
    public Prescription prescribe(Setting base, Setting target) {
        return Prescription.decayPerStep(base.decayPerStep(), target);
    }
}
