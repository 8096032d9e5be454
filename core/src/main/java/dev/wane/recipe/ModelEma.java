package dev.wane.recipe;

/**
 * The running average of a model's weights, θ̄ ← ρθ̄ + (1 − ρ)θ. It forgets as weight decay does, with 1 − ρ in the place
 * of the decay per step.
 *
 * @param momentum ρ in [0, 1)
 * @see <a href="https://arxiv.org/abs/2307.13813">Busbridge et al. (2023); unchecked</a>
 */
public record ModelEma(double momentum) {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if ρ is outside [0, 1)
     */
    public ModelEma {
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("modelEma must be in [0, 1), got " + momentum);
        }
    }

    /**
     * The average that remembers as many samples at another batch size.
     *
     * @param batchRatio κ = B₂/B₁ &gt; 0
     * @return ρ^κ
     */
    public ModelEma scaled(double batchRatio) {
        return new ModelEma(Math.pow(momentum, batchRatio));
    }

    /**
     * How long it remembers.
     *
     * @return 1/(1 − ρ), in steps
     */
    public double timescaleSteps() {
        return 1 / (1 - momentum);
    }
}
