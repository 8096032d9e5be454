package dev.wane.data;

import java.util.Arrays;

/**
 * The batches of a run, addressable by step: every epoch is a new permutation of the samples, derived from (seed, epoch)
 * alone, so that two batch sizes see the samples in the same order. The last batch of an epoch may be smaller.
 */
public final class Batches {
    private final long seed;
    private final int samples;
    private final int batchSize;

    private long cachedEpoch = -1;
    private int[] cachedOrder = {};

    /**
     * @param seed of the run
     * @param samples N_s ≥ 1
     * @param batchSize B in [1, samples]
     * @throws IllegalArgumentException if the batch size is out of range
     */
    public Batches(long seed, int samples, int batchSize) {
        if (batchSize < 1 || batchSize > samples) {
            throw new IllegalArgumentException("batchSize must be from 1 to " + samples + ", got " + batchSize);
        }
        this.seed = seed;
        this.samples = samples;
        this.batchSize = batchSize;
    }

    /** ⌈N_s/B⌉. */
    public int stepsPerEpoch() {
        return Math.ceilDiv(samples, batchSize);
    }

    /** The samples of step t ≥ 0, as indices into the training set. */
    public int[] at(long step) {
        long epoch = step / stepsPerEpoch();
        int start = (int) (step % stepsPerEpoch()) * batchSize;
        return Arrays.copyOfRange(order(epoch), start, Math.min(start + batchSize, samples));
    }

    private int[] order(long epoch) {
        if (epoch != cachedEpoch) {
            cachedOrder = Permutation.of(samples, Seeds.derive(seed, "order", epoch));
            cachedEpoch = epoch;
        }
        return cachedOrder;
    }
}
