package dev.wane.law;

import dev.wane.framework.Family;

/**
 * nanochat's rule for Muon matrices: λ₂ = λ₁·√(B₂/B₁)·D₁/D₂ with η₂ = η₁·√(B₂/B₁), D what is seen in the whole run. Its
 * batch is B = 2^round(log₂(2^19·(D/D₁)^0.383)) tokens; before that rule its λ was near 0.22·(12/depth)².
 *
 * @see <a href="https://github.com/karpathy/nanochat">karpathy/nanochat</a>
 */
public record Nanochat() implements DecayLaw {
    private static final double REFERENCE_LOG_BATCH = 19;
    private static final double BATCH_EXPONENT = 0.383;
    private static final double DEPTH_COEFFICIENT = 0.22;
    private static final double REFERENCE_DEPTH = 12;

    /**
     * nanochat's batch for an amount of data: 2^round(log₂(2^19·(D/D₁)^0.383)).
     *
     * @param moreTokens D/D₁ over nanochat's reference run, &gt; 0
     * @return tokens per step, a power of two
     */
    public static double batchTokens(double moreTokens) {
        double log = REFERENCE_LOG_BATCH + BATCH_EXPONENT * Math.log(moreTokens) / Math.log(2);
        return Math.pow(2, Math.rint(log));
    }

    /**
     * What nanochat's earlier table of λ by depth was fitted by: 0.22·(12/depth)².
     *
     * @param depth layers, &gt; 0
     * @return λ of Muon matrices
     */
    public static double weightDecay(double depth) {
        return DEPTH_COEFFICIENT * Math.pow(REFERENCE_DEPTH / depth, 2);
    }

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
    public boolean fromScratch() {
        return true;
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
