package dev.wane.recipe;

import dev.wane.framework.Optimizer;
import dev.wane.schedule.Schedule;
import org.jspecify.annotations.Nullable;

/** Fills a {@link Target} change by change; what is not set stays as the base has it. */
public final class TargetBuilder {
    private @Nullable Double batchSize;
    private @Nullable Double datasetSize;
    private @Nullable RunLength length;
    private @Nullable Double learningRate;
    private @Nullable LearningRateRule learningRateRule;
    private Target.@Nullable Keep keep;
    private @Nullable Double widthMultiplier;
    private @Nullable Double depthMultiplier;
    private @Nullable Double parameters;
    private @Nullable Optimizer optimizer;
    private @Nullable Schedule schedule;

    TargetBuilder() {}

    /**
     * Sets batchSize.
     *
     * @param batchSize new B, in the recipe's unit
     * @return this
     */
    public TargetBuilder batchSize(@Nullable Double batchSize) {
        this.batchSize = batchSize;
        return this;
    }

    /**
     * Sets datasetSize.
     *
     * @param datasetSize new samples (or tokens) per epoch
     * @return this
     */
    public TargetBuilder datasetSize(@Nullable Double datasetSize) {
        this.datasetSize = datasetSize;
        return this;
    }

    /**
     * Sets length.
     *
     * @param length new run length, which overrides {@code keep}
     * @return this
     */
    public TargetBuilder length(@Nullable RunLength length) {
        this.length = length;
        return this;
    }

    /**
     * Sets learningRate.
     *
     * @param learningRate new peak η, which overrides the rule
     * @return this
     */
    public TargetBuilder learningRate(@Nullable Double learningRate) {
        this.learningRate = learningRate;
        return this;
    }

    /**
     * Sets learningRateRule.
     *
     * @param learningRateRule how η follows the batch size; null means auto
     * @return this
     */
    public TargetBuilder learningRateRule(@Nullable LearningRateRule learningRateRule) {
        this.learningRateRule = learningRateRule;
        return this;
    }

    /**
     * Sets keep.
     *
     * @param keep what stays of the run's length; null means epochs where known, else samples
     * @return this
     */
    public TargetBuilder keep(Target.@Nullable Keep keep) {
        this.keep = keep;
        return this;
    }

    /**
     * Sets widthMultiplier.
     *
     * @param widthMultiplier new width over the base width
     * @return this
     */
    public TargetBuilder widthMultiplier(@Nullable Double widthMultiplier) {
        this.widthMultiplier = widthMultiplier;
        return this;
    }

    /**
     * Sets depthMultiplier.
     *
     * @param depthMultiplier new depth over the base depth
     * @return this
     */
    public TargetBuilder depthMultiplier(@Nullable Double depthMultiplier) {
        this.depthMultiplier = depthMultiplier;
        return this;
    }

    /**
     * Sets parameters.
     *
     * @param parameters new N
     * @return this
     */
    public TargetBuilder parameters(@Nullable Double parameters) {
        this.parameters = parameters;
        return this;
    }

    /**
     * Sets optimizer.
     *
     * @param optimizer new optimizer
     * @return this
     */
    public TargetBuilder optimizer(@Nullable Optimizer optimizer) {
        this.optimizer = optimizer;
        return this;
    }

    /**
     * Sets schedule.
     *
     * @param schedule new schedule, as it is
     * @return this
     */
    public TargetBuilder schedule(@Nullable Schedule schedule) {
        this.schedule = schedule;
        return this;
    }

    /**
     * The target.
     *
     * @return the changes that were set
     * @throws IllegalArgumentException if a number is outside its range
     */
    public Target build() {
        return new Target(
                batchSize,
                datasetSize,
                length,
                learningRate,
                learningRateRule,
                keep,
                widthMultiplier,
                depthMultiplier,
                parameters,
                optimizer,
                schedule);
    }
}
