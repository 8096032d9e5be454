package dev.wane.conform;

import java.util.List;

/**
 * What an optimizer is fed over some steps, and the weights after each of them.
 *
 * @param name unique, lower case with hyphens
 * @param property what the case is about, for people
 * @param optimizer {@code sgd}, {@code adam}, {@code adamw}, {@code adamc}, {@code lion}, {@code rmsprop}, {@code lars},
 *     {@code lamb} or {@code muon}
 * @param settings of the optimizer
 * @param initial θ before the first step
 * @param gradients of each step: the mean over the whole batch
 * @param parts of each step, the gradients of its micro-batches or replicas, whose mean is the step's; empty where a step is
 *     one batch
 * @param learningRates η_t of each step
 * @param weightDecays λ_t of each step
 * @param expected θ after each step, in double precision
 */
@SuppressWarnings("ArrayRecordComponent")
public record ConformanceCase(
        String name,
        String property,
        String optimizer,
        Settings settings,
        double[] initial,
        List<double[]> gradients,
        List<List<double[]>> parts,
        double[] learningRates,
        double[] weightDecays,
        List<double[]> expected) {
    /** Copies the lists. */
    public ConformanceCase {
        gradients = List.copyOf(gradients);
        parts = List.copyOf(parts);
        expected = List.copyOf(expected);
    }

    /**
     * The number of steps.
     *
     * @return S ≥ 1
     */
    public int steps() {
        return gradients.size();
    }

    /**
     * The same inputs under other settings, with the weights that follow.
     *
     * @param optimizer another optimizer
     * @param settings its settings
     * @return what that would have given
     */
    public List<double[]> under(String optimizer, Settings settings) {
        return Simulation.run(optimizer, settings, initial, gradients, learningRates, weightDecays);
    }
}
