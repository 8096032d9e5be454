package dev.wane.recipe;

import dev.wane.decay.CoupledSgd;
import dev.wane.framework.Optimizer;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.WeightDecaySchedule;
import org.jspecify.annotations.Nullable;

/** Fills a {@link Recipe} quantity by quantity; what is not set is unknown or at the framework's default. */
public final class RecipeBuilder {
    private static final double DEFAULT_EPSILON = 1e-8;

    private Optimizer optimizer;
    private @Nullable Optimizer regularizer;
    private @Nullable Double learningRate;
    private @Nullable Double weightDecay;
    private WeightDecaySchedule weightDecaySchedule = WeightDecaySchedule.constant();
    private CoupledSgd momentum = new CoupledSgd(0, 0, false);
    private Betas betas = Betas.DEFAULT;
    private double epsilon = DEFAULT_EPSILON;
    private @Nullable Double batchSize;
    private @Nullable Double datasetSize;
    private Recipe.Unit unit = Recipe.Unit.SAMPLES;
    private @Nullable Long sequenceLength;
    private @Nullable RunLength length;
    private boolean dropLast;
    private @Nullable Schedule schedule;
    private ModelSize modelSize = ModelSize.UNKNOWN;
    private @Nullable BatchParts batchParts;
    private long skippedSteps;
    private boolean cautious;
    private boolean bfloat16Weights;
    private @Nullable ModelEma modelEma;
    private Start start = Start.SCRATCH;

    RecipeBuilder(Optimizer optimizer) {
        this.optimizer = optimizer;
    }

    RecipeBuilder(Recipe recipe) {
        this.optimizer = recipe.optimizer();
        this.regularizer = recipe.regularizer();
        this.learningRate = recipe.learningRate();
        this.weightDecay = recipe.weightDecay();
        this.weightDecaySchedule = recipe.weightDecaySchedule();
        this.momentum = recipe.momentum();
        this.betas = recipe.betas();
        this.epsilon = recipe.epsilon();
        this.batchSize = recipe.batchSize();
        this.datasetSize = recipe.datasetSize();
        this.unit = recipe.unit();
        this.sequenceLength = recipe.sequenceLength();
        this.length = recipe.length();
        this.dropLast = recipe.dropLast();
        this.schedule = recipe.schedule();
        this.modelSize = recipe.modelSize();
        this.batchParts = recipe.batchParts();
        this.skippedSteps = recipe.skippedSteps();
        this.cautious = recipe.cautious();
        this.bfloat16Weights = recipe.bfloat16Weights();
        this.modelEma = recipe.modelEma();
        this.start = recipe.start();
    }

    /**
     * Sets the optimizer.
     *
     * @param optimizer a row of the registry
     * @return this
     */
    public RecipeBuilder optimizer(Optimizer optimizer) {
        this.optimizer = optimizer;
        return this;
    }

    /**
     * Sets regularizer.
     *
     * @param regularizer what λ belongs to; null for the optimizer's own
     * @return this
     */
    public RecipeBuilder regularizer(@Nullable Optimizer regularizer) {
        this.regularizer = regularizer;
        return this;
    }

    /**
     * Sets learningRate.
     *
     * @param learningRate peak η; null if unknown
     * @return this
     */
    public RecipeBuilder learningRate(@Nullable Double learningRate) {
        this.learningRate = learningRate;
        return this;
    }

    /**
     * Sets weightDecay.
     *
     * @param weightDecay λ as written; null if unknown
     * @return this
     */
    public RecipeBuilder weightDecay(@Nullable Double weightDecay) {
        this.weightDecay = weightDecay;
        return this;
    }

    /**
     * Sets weightDecaySchedule.
     *
     * @param weightDecaySchedule λ over the run
     * @return this
     */
    public RecipeBuilder weightDecaySchedule(WeightDecaySchedule weightDecaySchedule) {
        this.weightDecaySchedule = weightDecaySchedule;
        return this;
    }

    /**
     * Sets momentum.
     *
     * @param momentum of SGD
     * @return this
     */
    public RecipeBuilder momentum(CoupledSgd momentum) {
        this.momentum = momentum;
        return this;
    }

    /**
     * Sets betas.
     *
     * @param betas of Adam-type optimizers
     * @return this
     */
    public RecipeBuilder betas(Betas betas) {
        this.betas = betas;
        return this;
    }

    /**
     * Sets epsilon.
     *
     * @param epsilon ε of Adam-type optimizers
     * @return this
     */
    public RecipeBuilder epsilon(double epsilon) {
        this.epsilon = epsilon;
        return this;
    }

    /**
     * Sets batchSize; what it is made of becomes unknown.
     *
     * @param batchSize B per optimizer step; null if unknown
     * @return this
     */
    public RecipeBuilder batchSize(@Nullable Double batchSize) {
        this.batchSize = batchSize;
        this.batchParts = null;
        return this;
    }

    /**
     * Sets datasetSize.
     *
     * @param datasetSize samples (or tokens) per epoch; null if unknown
     * @return this
     */
    public RecipeBuilder datasetSize(@Nullable Double datasetSize) {
        this.datasetSize = datasetSize;
        return this;
    }

    /**
     * Sets unit.
     *
     * @param unit what sizes count
     * @return this
     */
    public RecipeBuilder unit(Recipe.Unit unit) {
        this.unit = unit;
        return this;
    }

    /**
     * Sets sequenceLength.
     *
     * @param sequenceLength tokens per sample; null if unknown
     * @return this
     */
    public RecipeBuilder sequenceLength(@Nullable Long sequenceLength) {
        this.sequenceLength = sequenceLength;
        return this;
    }

    /**
     * Sets length.
     *
     * @param length how long the run is; null if unknown
     * @return this
     */
    public RecipeBuilder length(@Nullable RunLength length) {
        this.length = length;
        return this;
    }

    /**
     * Sets dropLast.
     *
     * @param dropLast whether an incomplete last batch is dropped
     * @return this
     */
    public RecipeBuilder dropLast(boolean dropLast) {
        this.dropLast = dropLast;
        return this;
    }

    /**
     * Sets schedule.
     *
     * @param schedule learning rate over the run; null for constant with a note
     * @return this
     */
    public RecipeBuilder schedule(@Nullable Schedule schedule) {
        this.schedule = schedule;
        return this;
    }

    /**
     * Sets modelSize.
     *
     * @param modelSize how large the network is
     * @return this
     */
    public RecipeBuilder modelSize(ModelSize modelSize) {
        this.modelSize = modelSize;
        return this;
    }

    /**
     * Sets batchSize by what it is made of.
     *
     * @param batchParts micro-batch, accumulation and replicas
     * @return this
     */
    public RecipeBuilder batchParts(BatchParts batchParts) {
        this.batchParts = batchParts;
        this.batchSize = batchParts.batchSize();
        return this;
    }

    /**
     * Sets skippedSteps.
     *
     * @param skippedSteps steps without an update, ≥ 0
     * @return this
     */
    public RecipeBuilder skippedSteps(long skippedSteps) {
        this.skippedSteps = skippedSteps;
        return this;
    }

    /**
     * Sets bfloat16Weights.
     *
     * @param bfloat16Weights whether the weights that are decayed are bfloat16
     * @return this
     */
    public RecipeBuilder bfloat16Weights(boolean bfloat16Weights) {
        this.bfloat16Weights = bfloat16Weights;
        return this;
    }

    /**
     * Sets cautious.
     *
     * @param cautious whether only coordinates decay that the update shrinks
     * @return this
     */
    public RecipeBuilder cautious(boolean cautious) {
        this.cautious = cautious;
        return this;
    }

    /**
     * Sets modelEma.
     *
     * @param modelEma running average of the weights; null if there is none
     * @return this
     */
    public RecipeBuilder modelEma(@Nullable ModelEma modelEma) {
        this.modelEma = modelEma;
        return this;
    }

    /**
     * Sets start.
     *
     * @param start what the weights start from
     * @return this
     */
    public RecipeBuilder start(Start start) {
        this.start = start;
        return this;
    }

    /**
     * The recipe.
     *
     * @return a recipe of what was set
     * @throws IllegalArgumentException if a number is outside its range
     */
    public Recipe build() {
        return new Recipe(
                optimizer,
                regularizer,
                learningRate,
                weightDecay,
                weightDecaySchedule,
                momentum,
                betas,
                epsilon,
                batchSize,
                datasetSize,
                unit,
                sequenceLength,
                length,
                dropLast,
                schedule,
                modelSize,
                batchParts,
                skippedSteps,
                cautious,
                bfloat16Weights,
                modelEma,
                start);
    }
}
