package dev.wane.law;

import dev.wane.dynamics.Retention;

/**
 * Keeps the share of a weight that decay alone leaves after one epoch, exactly.
 *
 * <p>Constant schedule without warm-up, decoupled-lr: λ₂ = [1 − (1 − η₁λ₁)^κ]/η₂ with κ = M₁/M₂. Any other schedule:
 * (Π(1 − d_t))^(1/E) equal, solved for λ₂. To first order it is {@link ConstantTimescale}; they differ by about
 * (κ − 1)η₁λ₁/2, relative. NaN where no λ₂ leaves that much.
 */
public record RetentionPerEpoch() implements DecayLaw {
    @Override
    public String id() {
        return "retention";
    }

    @Override
    public String keeps() {
        return "what decay leaves of a weight after an epoch";
    }

    @Override
    public String formula() {
        return "(Π(1−d_t))^(1/E) kept; constant schedule: λ₂ = [1−(1−η₁λ₁)^κ]/η₂, κ = M₁/M₂";
    }

    @Override
    public String source() {
        return "derived";
    }

    @Override
    public String validity() {
        return "exact form of constant-timescale; η₁λ₁ < 1";
    }

    @Override
    public Applicability applicability(Setting base, Setting target) {
        Applicability firstOrder = new ConstantTimescale().applicability(base, target);
        if (!firstOrder.applicable()) {
            return firstOrder;
        }
        if (base.isConstant() && target.isConstant()) {
            return Applicability.yes("keeps the exact retention per epoch");
        }
        boolean known = base.scale().executedSteps() > 0 && target.scale().executedSteps() > 0;
        return known
                ? Applicability.yes("keeps the exact retention per epoch under the schedule")
                : Applicability.no("needs the run length: the schedule's steps count");
    }

    @Override
    public Prescription prescribe(Setting base, Setting target) {
        return Prescription.weightDecay(weightDecay(base, target), target);
    }

    private static double weightDecay(Setting base, Setting target) {
        if (base.weightDecay() == 0) {
            return 0;
        }
        return base.isConstant() && target.isConstant() ? atPeak(base, target) : underSchedules(base, target);
    }

    private static double atPeak(Setting base, Setting target) {
        double decayPerStep = base.convention().decayPerStep(base.learningRate(), 1, base.weightDecay());
        double left = Math.log1p(-decayPerStep) * Ratios.of(base, target).stepsPerEpoch();
        return left > Double.NEGATIVE_INFINITY
                ? target.convention().exactWeightDecayFor(target.learningRate(), -Math.expm1(left))
                : Double.NaN;
    }

    private static double underSchedules(Setting base, Setting target) {
        double wanted = -Retention.effective(base.run(base.weightDecay())) * relativeEpochs(base, target);
        double firstOrder =
                target.convention().weightDecayFor(target.learningRate(), ConstantTimescale.decayPerStep(base, target));
        return wanted > Double.NEGATIVE_INFINITY ? EqualRetention.weightDecay(wanted, firstOrder, target) : Double.NaN;
    }

    /** E₂/E₁, from the run lengths where the data set is unknown. */
    private static double relativeEpochs(Setting base, Setting target) {
        Ratios ratios = Ratios.of(base, target);
        return ratios.stepsPerEpoch() / ratios.runSteps();
    }
}
