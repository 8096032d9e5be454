package dev.wane.law;

import dev.wane.decay.Decay;

/** Carries λ over as it is: λ₂ = λ₁. What people do without a law, and the yardstick of every other. */
public record Unchanged() implements DecayLaw {
    @Override
    public String id() {
        return "unchanged";
    }

    @Override
    public String keeps() {
        return "the number";
    }

    @Override
    public String formula() {
        return "λ₂ = λ₁";
    }

    @Override
    public String source() {
        return "common practice";
    }

    @Override
    public String validity() {
        return "keeps the number, not what it does";
    }

    @Override
    public boolean inSpread() {
        return false;
    }

    @Override
    public Applicability applicability(Setting base, Setting target) {
        return base.recipe().meaning().equals(target.recipe().meaning()) || same(base, target)
                ? Applicability.yes("keeps the number")
                : Applicability.no("the conventions differ: the same number would mean something else");
    }

    private static boolean same(Setting base, Setting target) {
        Decay before = new Decay(1, base.convention()).plain();
        Decay after = new Decay(1, target.convention()).plain();
        return before.convention().getClass() == after.convention().getClass()
                && before.weightDecay() == after.weightDecay();
    }

    @Override
    public Prescription prescribe(Setting base, Setting target) {
        return Prescription.weightDecay(base.weightDecay(), target);
    }
}
