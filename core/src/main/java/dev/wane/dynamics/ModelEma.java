package dev.wane.dynamics;

/**
 * The running average of a model's weights, which obeys the same law as weight decay: it is kept per sample when ρ → ρ^κ.
 *
 * @see <a href="https://arxiv.org/abs/2307.13813">Busbridge et al. (2023); unchecked</a>
 */
public final class ModelEma {
    private ModelEma() {}

    /**
     * The momentum of a model average at another batch size.
     *
     * @param momentum ρ in [0, 1]
     * @param batchRatio κ = B₂/B₁ &gt; 0
     * @return ρ^κ
     */
    public static double scaled(double momentum, double batchRatio) {
        return Math.pow(momentum, batchRatio);
    }
}
