package dev.wane.plan;

import dev.wane.decay.Timescale;
import dev.wane.law.DecayLaw;
import dev.wane.law.LearningRateRule;

/**
 * One law's answer to a change. Figures are NaN where the law does not apply.
 *
 * @param law the law
 * @param rule the learning-rate rule in force
 * @param learningRate the target's peak η
 * @param weightDecay λ in the target's convention
 * @param torchWeightDecay the same decay in the decoupled-lr convention
 * @param timescale what that λ does at the target
 * @param recommended whether this is the law to use for this change
 * @param applicability whether the law says anything about this change
 */
public record Alternative(
        DecayLaw law,
        LearningRateRule rule,
        double learningRate,
        double weightDecay,
        double torchWeightDecay,
        Timescale timescale,
        boolean recommended,
        DecayLaw.Applicability applicability) {}
