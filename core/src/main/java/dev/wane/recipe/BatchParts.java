package dev.wane.recipe;

/**
 * What a batch is made of: B = micro-batch · accumulation · replicas. Decay runs once per optimizer step, so only the
 * product matters to it; tensor and pipeline parallelism do not multiply.
 *
 * @param microBatchSize samples per device and backward pass, &gt; 0
 * @param accumulation backward passes per optimizer step, ≥ 1
 * @param replicas data-parallel devices, ≥ 1
 */
public record BatchParts(double microBatchSize, long accumulation, long replicas) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is outside its range
     */
    public BatchParts {
        Positive.require("microBatchSize", microBatchSize);
        if (accumulation < 1 || replicas < 1) {
            throw new IllegalArgumentException(
                    "accumulation and replicas must be >= 1, got " + accumulation + " and " + replicas);
        }
    }

    /**
     * The batch of one optimizer step.
     *
     * @return B
     */
    public double batchSize() {
        return microBatchSize * accumulation * replicas;
    }
}
