package dev.wane.law;

import dev.wane.framework.Family;

/**
 * Weight decay of hidden matrices under μP, whose learning rate falls as 1/m with the width multiplier m: λ ∝ m^p. With
 * p = 1 the decay per step stays (Wang and Aitchison, CompleteP, mup); with p = ½ the size of the activations stays (Fan
 * et al.). The two conflict: which is right is open. Changes of batch and data compose as in {@link ConstantTimescale}.
 *
 * @param exponent p, 1 or ½
 * @see <a href="https://arxiv.org/abs/2405.13698">Wang and Aitchison (2024), section 5</a>
 * @see <a href="https://arxiv.org/abs/2510.15262">Fan et al. (2025)</a>
 */
public record WidthScaling(double exponent) implements DecayLaw {
    /** λ ∝ m. */
    public static final WidthScaling MUP = new WidthScaling(1);
    /** λ ∝ √m. */
    public static final WidthScaling SQRT = new WidthScaling(0.5);

    /**
     * Checks the exponent.
     *
     * @throws IllegalArgumentException if it is neither 1 nor ½
     */
    public WidthScaling {
        if (exponent != 1 && exponent != 0.5) {
            throw new IllegalArgumentException("exponent must be 1 or 0.5, got " + exponent);
        }
    }

    @Override
    public String id() {
        return exponent == 1 ? "mup-width" : "sqrt-width";
    }

    @Override
    public String keeps() {
        return exponent == 1 ? "ηλ while η falls as 1/m" : "the size of activations while η falls as 1/m";
    }

    @Override
    public String formula() {
        return exponent == 1 ? "η₂ = η/m, λ₂ = λ₁·m·(η₁/η)·(M₁/M₂)" : "η₂ = η/m, λ₂ = λ₁·√m·(η₁/η)·(M₁/M₂)";
    }

    @Override
    public String source() {
        return exponent == 1 ? "arXiv:2405.13698" : "arXiv:2510.15262";
    }

    @Override
    public String validity() {
        return exponent == 1
                ? "hidden matrices under μP (fan-in scaling) with Adam; embeddings keep λ, vectors are not decayed"
                : "hidden matrices of LLaMA-type models of width 256 to 2048 with AdamW; conflicts with mup-width";
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
        Applicability kept = new ConstantTimescale().applicability(base, target);
        if (!kept.applicable()) {
            return kept;
        }
        if (target.recipe().optimizer().framework().equals("mup")) {
            return Applicability.no("mup's optimizer scales η and λ of hidden matrices itself: leave both as written");
        }
        if (base.recipe().family() != Family.ADAM || target.recipe().family() != Family.ADAM) {
            return Applicability.no("stated for Adam");
        }
        return Ratios.of(base, target).width() == 1
                ? Applicability.no("the width does not change")
                : Applicability.yes("for hidden matrices, with the learning rate divided by the width multiplier");
    }

    @Override
    public Prescription prescribe(Setting base, Setting target) {
        double width = Ratios.of(base, target).width();
        double rate = target.hiddenLearningRate(width);
        double perStep = ConstantTimescale.decayPerStep(base, target) * Math.pow(width, exponent - 1);
        double lambda = target.convention().weightDecayFor(rate, perStep);
        return new Prescription(
                rate, lambda, target.recipe().betas(), target.recipe().epsilon());
    }
}
