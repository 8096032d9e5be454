package dev.wane.recipe;

import dev.wane.law.LearningRateRule;
import dev.wane.schedule.Schedule;
import org.jspecify.annotations.Nullable;

/**
 * What changes; everything that is null stays as the base recipe has it.
 *
 * @param batchSize new B, in the recipe's unit, &gt; 0
 * @param datasetSize new samples (or tokens) per epoch, &gt; 0
 * @param learningRate new peak η, which overrides the rule, &gt; 0
 * @param learningRateRule how η follows the batch size; null means auto
 * @param length new run length
 */
public record Target(
        @Nullable Double batchSize,
        @Nullable Double datasetSize,
        @Nullable Double learningRate,
        @Nullable LearningRateRule learningRateRule,
        @Nullable RunLength length) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is not finite and positive
     */
    public Target {
        requirePositive("batchSize", batchSize);
        requirePositive("datasetSize", datasetSize);
        requirePositive("learningRate", learningRate);
    }

    /**
     * The base recipe with this target's changes, its weight decay still unscaled. Warm-up scales with the steps.
     *
     * @param base a recipe with a learning rate
     * @return the target's recipe
     * @throws IllegalArgumentException if the base has no learning rate
     */
    public Recipe applyTo(Recipe base) {
        if (base.learningRate() == null) {
            throw new IllegalArgumentException("learningRate of the base is needed to plan");
        }
        Recipe resized = base.resized(
                rate(base, base.learningRate()),
                batchSize == null ? base.batchSize() : batchSize,
                datasetSize == null ? base.datasetSize() : datasetSize,
                length == null ? base.length() : length);
        return resized.withSchedule(scaledSchedule(base, resized));
    }

    private double rate(Recipe base, double baseRate) {
        if (learningRate != null) {
            return learningRate;
        }
        double ratio = batchSize == null || base.batchSize() == null ? 1 : batchSize / base.batchSize();
        return rule(base).learningRate(baseRate, ratio);
    }

    /**
     * The rule in force: the given one; else linear for SGD, square root for adaptive optimizers.
     *
     * @param base the recipe that changes
     * @return the learning-rate rule
     */
    public LearningRateRule rule(Recipe base) {
        if (learningRateRule != null) {
            return learningRateRule;
        }
        if (batchSize == null || batchSize.equals(base.batchSize())) {
            return LearningRateRule.CONSTANT;
        }
        return base.optimizer().adaptive() ? LearningRateRule.SQRT : LearningRateRule.LINEAR;
    }

    private static @Nullable Schedule scaledSchedule(Recipe base, Recipe resized) {
        if (base.schedule() == null) {
            return null;
        }
        double ratio = (double) TrainingScale.of(resized).executedSteps()
                / TrainingScale.of(base).executedSteps();
        return ratio > 0 && ratio < Double.POSITIVE_INFINITY ? base.schedule().scaled(ratio) : base.schedule();
    }

    private static void requirePositive(String name, @Nullable Double value) {
        if (value != null && !(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be finite and > 0, got " + value);
        }
    }
}
