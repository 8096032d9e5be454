package dev.wane.recipe;

import dev.wane.framework.Optimizer;
import dev.wane.schedule.Schedule;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What changes; everything that is null stays as the base recipe has it.
 *
 * @param batchSize new B, in the recipe's unit
 * @param datasetSize new samples (or tokens) per epoch
 * @param length new run length, which overrides {@code keep}
 * @param learningRate new peak η, which overrides the rule
 * @param learningRateRule how η follows the batch size; null means auto
 * @param keep what stays of the run's length; null means epochs where known, else samples
 * @param widthMultiplier new width over the base width
 * @param depthMultiplier new depth over the base depth
 * @param parameters new N
 * @param optimizer new optimizer
 * @param schedule new schedule, as it is
 */
public record Target(
        @Nullable Double batchSize,
        @Nullable Double datasetSize,
        @Nullable RunLength length,
        @Nullable Double learningRate,
        @Nullable LearningRateRule learningRateRule,
        @Nullable Keep keep,
        @Nullable Double widthMultiplier,
        @Nullable Double depthMultiplier,
        @Nullable Double parameters,
        @Nullable Optimizer optimizer,
        @Nullable Schedule schedule) {

    /** What stays of a run's length while batch or data change. */
    public enum Keep {
        /** Passes over the data set. */
        EPOCHS,
        /** Optimizer steps. */
        STEPS,
        /** Samples (or tokens) seen. */
        SAMPLES;

        /**
         * The name used on the command line.
         *
         * @return lower case
         */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is not finite and positive
     */
    public Target {
        Positive.require("batchSize", batchSize);
        Positive.require("datasetSize", datasetSize);
        Positive.require("learningRate", learningRate);
        Positive.require("widthMultiplier", widthMultiplier);
        Positive.require("depthMultiplier", depthMultiplier);
        Positive.require("parameters", parameters);
    }

    /**
     * A target to be filled.
     *
     * @return a builder that changes nothing
     */
    public static TargetBuilder change() {
        return new TargetBuilder();
    }

    /**
     * The base recipe with this target's changes, its weight decay still unscaled. What a schedule counts in steps scales
     * with the executed steps. The learning rate follows the batch alone; laws of width divide it themselves.
     *
     * @param base a recipe with a learning rate
     * @return the target's recipe
     * @throws IllegalArgumentException if the base has no learning rate
     */
    public Recipe applyTo(Recipe base) {
        if (base.learningRate() == null) {
            throw new IllegalArgumentException("learningRate of the base is needed to plan");
        }
        Recipe resized = switched(base)
                .learningRate(rate(base, base.learningRate()))
                .datasetSize(datasetSize == null ? base.datasetSize() : datasetSize)
                .modelSize(modelSize(base.modelSize()))
                .build();
        Recipe rebatched = batchSize == null ? resized : rebatched(resized, batchSize);
        Recipe lengthened = rebatched
                .but()
                .length(length == null ? KeptLength.of(keep, base, rebatched) : length)
                .build();
        return lengthened.but().schedule(schedule(base, lengthened)).build();
    }

    /** Betas of one family mean nothing in another: there the usual ones stand. */
    private RecipeBuilder switched(Recipe base) {
        if (optimizer == null) {
            return base.but();
        }
        boolean related = optimizer.familyOrSgd() == base.family();
        return base.but()
                .optimizer(optimizer)
                .regularizer(null)
                .betas(related ? base.betas() : Betas.usual(optimizer.familyOrSgd()));
    }

    /** A model average goes on to remember as many samples; how many steps a loss scaler will skip is not known. */
    private static Recipe rebatched(Recipe resized, double batchSize) {
        ModelEma average = resized.modelEma();
        Double before = resized.batchSize();
        return resized.but()
                .batchSize(batchSize)
                .skippedSteps(0)
                .modelEma(average == null || before == null ? average : average.scaled(batchSize / before))
                .build();
    }

    private double rate(Recipe base, double baseRate) {
        if (learningRate != null) {
            return learningRate;
        }
        double ratio = batchSize == null || base.batchSize() == null ? 1 : batchSize / base.batchSize();
        return rule(base).learningRate(baseRate, ratio);
    }

    private ModelSize modelSize(ModelSize base) {
        return new ModelSize(
                parameters == null ? base.parameters() : parameters,
                widthMultiplier == null ? base.widthMultiplier() : widthMultiplier,
                depthMultiplier == null ? base.depthMultiplier() : depthMultiplier);
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
        return base.family().adaptive() ? LearningRateRule.SQRT : LearningRateRule.LINEAR;
    }

    private @Nullable Schedule schedule(Recipe base, Recipe lengthened) {
        if (schedule != null) {
            return schedule;
        }
        if (base.schedule() == null) {
            return null;
        }
        double ratio = (double) TrainingScale.of(lengthened).executedSteps()
                / TrainingScale.of(base).executedSteps();
        return ratio > 0 && ratio < Double.POSITIVE_INFINITY ? base.schedule().scaled(ratio) : base.schedule();
    }
}
