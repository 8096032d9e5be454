package dev.wane.lab.trial;

import java.util.List;
import java.util.Map;

/**
 * A trial on the engine.
 *
 * @param schema version of this shape
 * @param task what is learned
 * @param model the network
 * @param recipe resolved: nothing is left to a default
 * @param seed of initialisation and data order
 * @param threads intra-op threads: another number gives other bits
 * @param numerics version of the engine's arithmetic
 */
public record EngineTrialSpec(int schema, Task task, Model model, Recipe recipe, long seed, int threads, int numerics)
        implements TrialSpec {
    /** The version of the shape written by this code. */
    public static final int SCHEMA = 1;

    /**
     * What is learned.
     *
     * @param data name of the data set
     * @param checksums SHA-256 of its files by name
     * @param samples training samples
     * @param validation held-out samples
     * @param labelNoise share of wrong training labels
     * @param test whether the test set is read at the end: only in confirmation
     */
    public record Task(
            String data, Map<String, String> checksums, int samples, int validation, double labelNoise, boolean test) {
        public Task {
            checksums = Map.copyOf(checksums);
        }

        Task untested() {
            return new Task(data, checksums, samples, validation, labelNoise, false);
        }
    }

    /**
     * The network.
     *
     * @param kind {@code mlp}
     * @param norm {@code layer}, {@code scale-invariant} or {@code none}
     * @param gainLearningRate of the scale-invariant net's logit gain
     * @param initializationScale multiplies the first matrices
     */
    public record Model(
            String kind, String norm, int width, int depth, double gainLearningRate, double initializationScale) {}

    /**
     * How it is trained.
     *
     * @param weightDecay λ in the optimizer's convention (adamw: decoupled-lr)
     */
    public record Recipe(
            String framework,
            String optimizer,
            double learningRate,
            double weightDecay,
            List<Double> betas,
            double eps,
            int batchSize,
            int epochs,
            Schedule schedule) {
        public Recipe {
            betas = List.copyOf(betas);
        }
    }

    /** Learning rate over the run; the floor is 0 where the kind has none. */
    public record Schedule(String kind, long warmupSteps, double floor) {}

    @Override
    public int batchSize() {
        return recipe.batchSize();
    }

    @Override
    public long steps() {
        return (long) recipe.epochs() * Math.ceilDiv(task.samples(), recipe.batchSize());
    }
}
