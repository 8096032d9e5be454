package dev.wane.dynamics;

/**
 * Which steps the final weights remember.
 *
 * <p>The final weights are a weighted sum of the run's updates with weights c_j = d_j·Π_{i&gt;j}(1 − d_i), plus
 * Π(1 − d_i) times the initial weights.
 *
 * @param initialWeight Π(1 − d_t), the weight of the initialisation
 * @param lastTenthMass Σ c over the last ⌈S/10⌉ steps, not normalised
 * @param effectiveSteps (Σc)²/Σc²; NaN if no step has any weight
 * @see <a href="https://arxiv.org/abs/2405.13698">Wang and Aitchison (2024), section 3</a>
 */
public record Memory(double initialWeight, double lastTenthMass, double effectiveSteps) {
    /**
     * The memory of a run.
     *
     * @param run the decay of every step
     * @return the summary; NaN where the decay per step is undefined
     */
    public static Memory of(DecayRun run) {
        long steps = run.steps();
        long lastTenth = steps - Math.ceilDiv(steps, 10);
        double survival = 1;
        double mass = 0;
        double squares = 0;
        double lastTenthMass = 0;
        for (long step = steps - 1; step >= 0; step--) {
            double fraction = run.decayPerStep(step);
            double weight = fraction * survival;
            survival *= 1 - fraction;
            mass += weight;
            squares += weight * weight;
            lastTenthMass += step >= lastTenth ? weight : 0;
        }
        return new Memory(survival, lastTenthMass, mass == 0 ? Double.NaN : mass * mass / squares);
    }

    /**
     * The weights c_j themselves.
     *
     * @param run the decay of every step, at most 2³¹ − 1 of them
     * @return c of step 0 … S − 1; NaN where the decay per step is undefined
     */
    public static double[] curve(DecayRun run) {
        double[] weights = new double[Math.toIntExact(run.steps())];
        double survival = 1;
        for (int step = weights.length - 1; step >= 0; step--) {
            double fraction = run.decayPerStep(step);
            weights[step] = fraction * survival;
            survival *= 1 - fraction;
        }
        return weights;
    }
}
