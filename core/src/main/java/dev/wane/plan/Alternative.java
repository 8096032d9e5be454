package dev.wane.plan;

import dev.wane.decay.Timescale;
import dev.wane.law.Applicability;
import dev.wane.law.DecayLaw;
import dev.wane.law.Prescription;
import dev.wane.recipe.LearningRateRule;

/**
 * One law's answer to a change. Figures are NaN where the law does not apply.
 *
 * @param law the law
 * @param rule the learning-rate rule in force, which a law with a learning rate of its own does not follow
 * @param rateGiven whether somebody gave the target's learning rate, so that no rule was followed
 * @param prescription learning rate, λ, betas and ε at the target
 * @param torchWeightDecay the same decay in the decoupled-lr convention
 * @param timescale what that λ does at the target
 * @param recommended whether this is the law to use for this change
 * @param applicability whether the law says anything about this change
 */
public record Alternative(
        DecayLaw law,
        LearningRateRule rule,
        boolean rateGiven,
        Prescription prescription,
        double torchWeightDecay,
        Timescale timescale,
        boolean recommended,
        Applicability applicability) {
    /**
     * The target's peak learning rate.
     *
     * @return η; NaN where the law does not apply
     */
    public double learningRate() {
        return prescription.learningRate();
    }

    /**
     * The target's weight decay.
     *
     * @return λ in the target's convention; NaN where the law does not apply
     */
    public double weightDecay() {
        return prescription.weightDecay();
    }

    /**
     * Whether this answer counts in the range of published answers.
     *
     * @return true for an applicable law that competes at the target's learning rate
     */
    public boolean inSpread() {
        return applicability.applicable() && law.inSpread() && !Double.isNaN(torchWeightDecay);
    }
}
