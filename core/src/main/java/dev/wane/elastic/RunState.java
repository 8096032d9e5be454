package dev.wane.elastic;

import dev.wane.recipe.Recipe;
import java.util.Objects;

/**
 * A run that may change its batch: the reference it was tuned at, where it stands, and its policy. The schedule is counted
 * in samples, so that its position does not depend on how the samples were batched.
 *
 * @param reference the recipe at the batch where η and λ were tuned
 * @param samplesSeen samples (or tokens) so far, ≥ 0
 * @param batchSize the batch now, &gt; 0
 * @param policy how it follows
 */
public record RunState(Recipe reference, double samplesSeen, double batchSize, RescalePolicy policy) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is outside its range or the reference lacks η, λ or batch
     */
    public RunState {
        if (reference.learningRate() == null || reference.weightDecay() == null || reference.batchSize() == null) {
            throw new IllegalArgumentException("the reference needs learningRate, weightDecay and batchSize");
        }
        if (!(samplesSeen >= 0 && samplesSeen < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("samplesSeen must be finite and >= 0, got " + samplesSeen);
        }
        if (!(batchSize > 0 && batchSize < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("batchSize must be finite and > 0, got " + batchSize);
        }
    }

    /**
     * The schedule's multiplier where the run stands: that of the reference's step samplesSeen/B₀.
     *
     * @param referenceSteps S of the reference's run, ≥ 1
     * @return s, independent of the batch now
     */
    public double multiplier(long referenceSteps) {
        double step = samplesSeen / Objects.requireNonNull(reference.batchSize());
        return reference.scheduleOrConstant().multiplier(Math.min((long) step, referenceSteps - 1), referenceSteps);
    }

    RunState withBatchSize(double batchSize) {
        return new RunState(reference, samplesSeen, batchSize, policy);
    }

    /** The reference at the batch now, its λ not yet scaled. */
    Recipe rebatched() {
        double ratio = batchSize / Objects.requireNonNull(reference.batchSize());
        double rate = Objects.requireNonNull(reference.learningRate());
        return reference
                .but()
                .batchSize(batchSize)
                .learningRate(policy.learningRateRule().learningRate(rate, ratio))
                .build();
    }

    boolean atReference() {
        return batchSize == Objects.requireNonNull(reference.batchSize());
    }
}
