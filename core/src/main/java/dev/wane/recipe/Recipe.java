package dev.wane.recipe;

import dev.wane.decay.Decay;
import dev.wane.decay.DecayConvention;
import dev.wane.framework.Optimizer;
import dev.wane.schedule.Schedule;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a person trains with. A quantity that was not given is null and never guessed; figures that need it are
 * undefined.
 *
 * @param optimizer what the framework's optimizer means by weight decay
 * @param learningRate peak η, finite and &gt; 0
 * @param weightDecay λ as written, finite and ≥ 0, in the optimizer's convention
 * @param momentum μ in [0, 1), read by SGD
 * @param dampening a in [0, 1), read by SGD
 * @param nesterov torch's Nesterov form, read by SGD
 * @param betas averaging coefficients, read by Adam-type optimizers
 * @param epsilon ε &gt; 0, read by Adam-type optimizers
 * @param batchSize B per optimizer step, in samples, or in tokens where {@code unit} is tokens; &gt; 0
 * @param datasetSize samples (or tokens) per epoch, &gt; 0
 * @param unit what batch size and data-set size count
 * @param sequenceLength tokens per sample, ≥ 1
 * @param length how long the run is
 * @param dropLast whether the loader drops an incomplete last batch
 * @param schedule learning rate over the run; null means constant, with a note
 */
public record Recipe(
        Optimizer optimizer,
        @Nullable Double learningRate,
        @Nullable Double weightDecay,
        double momentum,
        double dampening,
        boolean nesterov,
        Betas betas,
        double epsilon,
        @Nullable Double batchSize,
        @Nullable Double datasetSize,
        Unit unit,
        @Nullable Long sequenceLength,
        @Nullable RunLength length,
        boolean dropLast,
        @Nullable Schedule schedule) {

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
     * @throws IllegalArgumentException if a number is outside its range, NaN or infinite
     */
    public Recipe {
        requirePositive("learningRate", learningRate);
        requirePositive("batchSize", batchSize);
        requirePositive("datasetSize", datasetSize);
        requirePositive("eps", epsilon);
        if (weightDecay != null && !(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weightDecay must be finite and >= 0, got " + weightDecay);
        }
        if (sequenceLength != null && sequenceLength < 1) {
            throw new IllegalArgumentException("sequenceLength must be >= 1, got " + sequenceLength);
        }
    }

    /**
     * What the optimizer multiplies λ by, with this recipe's momentum.
     *
     * @return the convention
     */
    public DecayConvention convention() {
        return optimizer.convention(momentum, dampening, nesterov);
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
     * The same recipe with another λ.
     *
     * @param weightDecay λ in the optimizer's convention, finite and ≥ 0
     * @return the new recipe
     */
    public Recipe withWeightDecay(double weightDecay) {
        return copy(learningRate, weightDecay, batchSize, datasetSize, length, schedule);
    }

    /**
     * The same recipe with its λ unknown.
     *
     * @return the new recipe
     */
    public Recipe withoutWeightDecay() {
        return copy(learningRate, null, batchSize, datasetSize, length, schedule);
    }

    /**
     * The same recipe on another amount of data.
     *
     * @param datasetSize samples (or tokens) per epoch, &gt; 0
     * @return the new recipe
     */
    public Recipe withDatasetSize(double datasetSize) {
        return copy(learningRate, weightDecay, batchSize, datasetSize, length, schedule);
    }

    /**
     * The same recipe under another schedule.
     *
     * @param schedule null for constant, with a note
     * @return the new recipe
     */
    public Recipe withSchedule(@Nullable Schedule schedule) {
        return copy(learningRate, weightDecay, batchSize, datasetSize, length, schedule);
    }

    /** What a target may change beside λ and schedule. */
    Recipe resized(
            double learningRate, @Nullable Double batchSize, @Nullable Double datasetSize, @Nullable RunLength length) {
        return copy(learningRate, weightDecay, batchSize, datasetSize, length, schedule);
    }

    private Recipe copy(
            @Nullable Double learningRate,
            @Nullable Double weightDecay,
            @Nullable Double batchSize,
            @Nullable Double datasetSize,
            @Nullable RunLength length,
            @Nullable Schedule schedule) {
        return new Recipe(
                optimizer,
                learningRate,
                weightDecay,
                momentum,
                dampening,
                nesterov,
                betas,
                epsilon,
                batchSize,
                datasetSize,
                unit,
                sequenceLength,
                length,
                dropLast,
                schedule);
    }

    private static void requirePositive(String name, @Nullable Double value) {
        if (value != null && !(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be finite and > 0, got " + value);
        }
    }
}
