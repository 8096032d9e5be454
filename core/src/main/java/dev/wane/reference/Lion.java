package dev.wane.reference;

import dev.wane.recipe.Betas;

/**
 * Lion: u = sign(β₁m + (1 − β₁)g), then m ← β₂m + (1 − β₂)g; θ ← θ − ηu.
 *
 * @see <a href="https://arxiv.org/abs/2302.06675">Chen et al. (2023)</a>
 */
public final class Lion implements ReferenceOptimizer {
    private final Betas betas;
    private final DecayStyle style;
    private final double[] momentum;

    /**
     * An optimizer before its first step.
     *
     * @param size length of the tensor
     * @param betas β₁, β₂
     * @param style where the decay goes
     */
    public Lion(int size, Betas betas, DecayStyle style) {
        this.betas = betas;
        this.style = style;
        this.momentum = new double[size];
    }

    @Override
    public void step(double[] weights, double[] gradient, double learningRate, double weightDecay) {
        for (int i = 0; i < weights.length; i++) {
            double g = style.gradient(gradient[i], weights[i], weightDecay);
            double update = learningRate * Math.signum(betas.first() * momentum[i] + (1 - betas.first()) * g);
            momentum[i] = betas.second() * momentum[i] + (1 - betas.second()) * g;
            weights[i] = style.apply(weights[i], update, learningRate, weightDecay);
        }
    }
}
