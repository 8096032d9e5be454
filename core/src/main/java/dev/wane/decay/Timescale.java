package dev.wane.decay;

/**
 * How long a weight remembers an update, in four units. NaN where an input for the unit is missing; infinite for no
 * decay.
 *
 * <p>A decoupled optimizer's weights are an exponential moving average of its updates with time constant
 * τ = 1/d steps, d the decay per step at the peak learning rate; epochs = τ/M, runFraction = τ/(E·M), samples = τ·B.
 *
 * @param steps τ in optimizer steps
 * @param epochs τ in passes over the data set
 * @param runFraction τ as a share of the run's real length E·M
 * @param samples τ in samples (or tokens, where the batch is counted in tokens)
 * @see <a href="https://arxiv.org/abs/2405.13698">Wang and Aitchison (2024), section 3</a>
 */
public record Timescale(double steps, double epochs, double runFraction, double samples) {
    /**
     * Converts a timescale in steps to the other units.
     *
     * @param steps τ in steps
     * @param stepsPerEpoch M; NaN if unknown
     * @param runSteps E·M; NaN if unknown
     * @param batchSize B; NaN if unknown
     * @return the timescale in all units
     */
    public static Timescale ofSteps(double steps, double stepsPerEpoch, double runSteps, double batchSize) {
        return new Timescale(steps, steps / stepsPerEpoch, steps / runSteps, steps * batchSize);
    }
}
