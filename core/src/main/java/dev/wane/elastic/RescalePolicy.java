package dev.wane.elastic;

import dev.wane.recipe.LearningRateRule;
import org.jspecify.annotations.Nullable;

/**
 * How a running job follows a change of its batch.
 *
 * @param learningRateRule how η follows the batch
 * @param scaleBetas whether betas and ε follow as the square-root rule of Adam asks
 * @param criticalBatch the largest batch that is accepted, in the run's unit, &gt; 0; null for any
 * @param warmupSamples samples (or tokens) over which η moves to its new value, ≥ 0
 */
public record RescalePolicy(
        LearningRateRule learningRateRule,
        boolean scaleBetas,
        @Nullable Double criticalBatch,
        double warmupSamples) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is outside its range
     */
    public RescalePolicy {
        if (criticalBatch != null && !(criticalBatch > 0 && criticalBatch < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("criticalBatch must be finite and > 0, got " + criticalBatch);
        }
        if (!(warmupSamples >= 0 && warmupSamples < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("warmupSamples must be finite and >= 0, got " + warmupSamples);
        }
    }
}
