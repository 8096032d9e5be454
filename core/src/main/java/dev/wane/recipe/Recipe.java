package dev.wane.recipe;

import dev.wane.decay.CoupledSgd;
import dev.wane.decay.Decay;
import dev.wane.decay.DecayConvention;
import dev.wane.framework.Factor;
import dev.wane.framework.Family;
import dev.wane.framework.Optimizer;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.WeightDecaySchedule;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a person trains with. A quantity that was not given is null and never guessed; figures that need it are
 * undefined.
 *
 * @param optimizer what the framework's optimizer means by weight decay
 * @param regularizer what λ belongs to where it is not the optimizer's own; null if it is
 * @param learningRate peak η, finite and &gt; 0
 * @param weightDecay λ as written, finite and ≥ 0, in the convention of the regularizer or the optimizer
 * @param weightDecaySchedule λ over the run
 * @param momentum of SGD
 * @param betas averaging coefficients, read by Adam-type optimizers
 * @param epsilon ε &gt; 0, read by Adam-type optimizers
 * @param batchSize B per optimizer step, in samples, or in tokens where {@code unit} is tokens; &gt; 0
 * @param datasetSize samples (or tokens) per epoch, &gt; 0
 * @param unit what batch size and data-set size count
 * @param sequenceLength tokens per sample, ≥ 1
 * @param length how long the run is
 * @param dropLast whether the loader drops an incomplete last batch
 * @param schedule learning rate over the run; null means constant, with a note
 * @param modelSize how large the network is
 * @param batchParts what the batch is made of; its product is {@code batchSize}
 * @param skippedSteps steps of the run in which a loss scaler skipped the update, and with it the decay, ≥ 0
 * @param cautious whether only those coordinates decay that the update shrinks anyway
 * @param bfloat16Weights whether the weights that are decayed are bfloat16, without float32 master weights
 * @param modelEma the running average of the weights that is evaluated
 * @param start what the weights start from
 */
public record Recipe(
        Optimizer optimizer,
        @Nullable Optimizer regularizer,
        @Nullable Double learningRate,
        @Nullable Double weightDecay,
        WeightDecaySchedule weightDecaySchedule,
        CoupledSgd momentum,
        Betas betas,
        double epsilon,
        @Nullable Double batchSize,
        @Nullable Double datasetSize,
        Unit unit,
        @Nullable Long sequenceLength,
        @Nullable RunLength length,
        boolean dropLast,
        @Nullable Schedule schedule,
        ModelSize modelSize,
        @Nullable BatchParts batchParts,
        long skippedSteps,
        boolean cautious,
        boolean bfloat16Weights,
        @Nullable ModelEma modelEma,
        Start start) {

    /** What batch size and data-set size count. */
    public enum Unit {
        /** Samples: images, sequences, rows. */
        SAMPLES,
        /** Tokens of text. */
        TOKENS;

        /**
         * The name used in files and JSON.
         *
         * @return {@code samples} or {@code tokens}
         */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks the ranges of what was given.
     *
     * @throws IllegalArgumentException if a number is outside its range, NaN or infinite, or the parts of the batch do not
     *     multiply to it
     */
    public Recipe {
        Positive.require("learningRate", learningRate);
        Positive.require("batchSize", batchSize);
        Positive.require("datasetSize", datasetSize);
        Positive.require("eps", epsilon);
        if (weightDecay != null && !(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weightDecay must be finite and >= 0, got " + weightDecay);
        }
        if (sequenceLength != null && sequenceLength < 1) {
            throw new IllegalArgumentException("sequenceLength must be >= 1, got " + sequenceLength);
        }
        if (batchParts != null && (batchSize == null || batchParts.batchSize() != batchSize)) {
            throw new IllegalArgumentException("batchSize " + batchSize + " is not that of " + batchParts);
        }
        if (skippedSteps < 0) {
            throw new IllegalArgumentException("skippedSteps must be >= 0, got " + skippedSteps);
        }
    }

    /**
     * A recipe to be filled.
     *
     * @param optimizer the optimizer
     * @return a builder in which nothing else is known
     */
    public static RecipeBuilder of(Optimizer optimizer) {
        return new RecipeBuilder(optimizer);
    }

    /**
     * A builder that starts from this recipe.
     *
     * @return every quantity as it is here
     */
    public RecipeBuilder but() {
        return new RecipeBuilder(this);
    }

    /**
     * The row that says what λ means.
     *
     * @return the regularizer if there is one, else the optimizer
     */
    public Optimizer meaning() {
        return regularizer == null ? optimizer : regularizer;
    }

    /**
     * What the update is like.
     *
     * @return the optimizer's family
     */
    public Family family() {
        return optimizer.familyOrSgd();
    }

    /**
     * What λ is multiplied by, with this recipe's momentum and batch size.
     *
     * @return the convention
     */
    public DecayConvention convention() {
        return meaning().convention(family(), appliedMomentum(), this::quantity);
    }

    /**
     * The momentum that the optimizer applies: some take Nesterov's unless told.
     *
     * @return {@link #momentum}, in Nesterov's form where the optimizer's row says so
     */
    public CoupledSgd appliedMomentum() {
        boolean form = optimizer.nesterov() && momentum.momentum() > 0 && momentum.dampening() == 0;
        return form ? new CoupledSgd(momentum.momentum(), 0, true) : momentum;
    }

    /**
     * A quantity that some implementations bring into λ.
     *
     * @param quantity which
     * @return its value; NaN where it is unknown
     */
    public double quantity(Factor.Quantity quantity) {
        Double value = switch (quantity) {
            case NONE -> null;
            case BATCH -> batchSize;
            case PARAMETERS -> modelSize.parameters();
            case SAMPLES -> datasetSize;
        };
        return value == null ? Double.NaN : value;
    }

    /**
     * The weight decay with its convention.
     *
     * @return null if no λ was given
     */
    public @Nullable Decay decay() {
        return weightDecay == null ? null : new Decay(weightDecay, convention());
    }

    /**
     * The schedule, constant where none was given.
     *
     * @return a schedule
     */
    public Schedule scheduleOrConstant() {
        return schedule == null ? Schedule.constant() : schedule;
    }

    /**
     * Tokens of one optimizer step.
     *
     * @return B in tokens; NaN where the batch counts samples and no sequence length is known
     */
    public double tokensPerStep() {
        if (batchSize == null) {
            return Double.NaN;
        }
        if (unit == Unit.TOKENS) {
            return batchSize;
        }
        return sequenceLength == null ? Double.NaN : batchSize * sequenceLength;
    }

    /**
     * Samples per optimizer step.
     *
     * @return B; NaN where it is unknown, or in tokens without the length of a sample
     */
    public double samplesPerStep() {
        if (batchSize == null) {
            return Double.NaN;
        }
        if (unit == Unit.SAMPLES) {
            return batchSize;
        }
        return sequenceLength == null ? Double.NaN : batchSize / sequenceLength;
    }

    /**
     * Tokens seen in the whole run.
     *
     * @return D; NaN where it cannot be computed
     */
    public double tokensSeen() {
        return length instanceof RunLength.TokensSeen given
                ? given.amount()
                : TrainingScale.of(this).runSteps() * tokensPerStep();
    }

    /**
     * The same recipe with another λ.
     *
     * @param weightDecay λ as written, finite and ≥ 0
     * @return the new recipe
     */
    public Recipe withWeightDecay(double weightDecay) {
        return but().weightDecay(weightDecay).build();
    }

    /**
     * The same recipe with its λ unknown.
     *
     * @return the new recipe
     */
    public Recipe withoutWeightDecay() {
        return but().weightDecay(null).build();
    }

    /**
     * The same recipe on another amount of data.
     *
     * @param datasetSize samples (or tokens) per epoch, &gt; 0
     * @return the new recipe
     */
    public Recipe withDatasetSize(double datasetSize) {
        return but().datasetSize(datasetSize).build();
    }
}
