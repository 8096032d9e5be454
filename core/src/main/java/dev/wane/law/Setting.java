package dev.wane.law;

import dev.wane.decay.DecayConvention;
import dev.wane.schedule.Schedule;

/**
 * What a law sees of a run.
 *
 * @param convention what λ is multiplied by
 * @param learningRate peak η, &gt; 0
 * @param schedule learning rate over the run
 * @param stepsPerEpoch M, real; NaN if unknown
 * @param epochs E; NaN if unknown
 * @param executedSteps S; 0 if unknown
 */
public record Setting(
        DecayConvention convention,
        double learningRate,
        Schedule schedule,
        double stepsPerEpoch,
        double epochs,
        long executedSteps) {}
