package dev.wane.reference;

import dev.wane.recipe.Betas;

/**
 * LAMB: r = m̂/(√v̂ + ε) + λθ, θ ← θ − η·(‖θ‖/‖r‖)·r, with m̂ and v̂ as in {@link Adam}. A zero norm makes the ratio 1.
 *
 * @see <a href="https://arxiv.org/abs/1904.00962">You et al. (2019), algorithm 2</a>
 */
public final class Lamb implements ReferenceOptimizer {
    private final Betas betas;
    private final double epsilon;
    private final double[] mean;
    private final double[] square;
    private long steps;

    /**
     * An optimizer before its first step.
     *
     * @param size length of the tensor
     * @param betas β₁, β₂
     * @param epsilon ε &gt; 0
     */
    public Lamb(int size, Betas betas, double epsilon) {
        this.betas = betas;
        this.epsilon = epsilon;
        this.mean = new double[size];
        this.square = new double[size];
    }

    @Override
    public void step(double[] weights, double[] gradient, double learningRate, double weightDecay) {
        steps++;
        double[] direction = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            mean[i] = betas.first() * mean[i] + (1 - betas.first()) * gradient[i];
            square[i] = betas.second() * square[i] + (1 - betas.second()) * gradient[i] * gradient[i];
            double corrected = mean[i] / (1 - Math.pow(betas.first(), steps));
            double v = square[i] / (1 - Math.pow(betas.second(), steps));
            direction[i] = corrected / (Math.sqrt(v) + epsilon) + weightDecay * weights[i];
        }
        double weightNorm = Norms.norm(weights);
        double directionNorm = Norms.norm(direction);
        double ratio = weightNorm > 0 && directionNorm > 0 ? weightNorm / directionNorm : 1;
        for (int i = 0; i < weights.length; i++) {
            weights[i] -= learningRate * ratio * direction[i];
        }
    }
}
