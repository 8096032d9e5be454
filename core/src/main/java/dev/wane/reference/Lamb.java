package dev.wane.reference;

import dev.wane.recipe.Betas;

/**
 * LAMB: r = m̂/(√v̂ + ε) + λθ, θ ← θ − η·(‖θ‖/‖r‖)·r, with m̂ and v̂ as in {@link Adam}. A zero norm makes the ratio 1.
 * Decoupled, r has no λθ, and θ ← (1 − ηλ)θ comes before the ratio is taken, or after the update.
 *
 * @see <a href="https://arxiv.org/abs/1904.00962">You et al. (2019), algorithm 2</a>
 */
public final class Lamb implements ReferenceOptimizer {
    private final Betas betas;
    private final double epsilon;
    private final DecayStyle decay;
    private final double[] mean;
    private final double[] square;
    private long steps;

    /**
     * An optimizer before its first step.
     *
     * @param size length of the tensor
     * @param betas β₁, β₂
     * @param epsilon ε &gt; 0
     * @param decay {@code COUPLED} within the trust ratio, as published
     */
    public Lamb(int size, Betas betas, double epsilon, DecayStyle decay) {
        this.betas = betas;
        this.epsilon = epsilon;
        this.decay = decay;
        this.mean = new double[size];
        this.square = new double[size];
    }

    @Override
    public void step(double[] weights, double[] gradient, double learningRate, double weightDecay) {
        steps++;
        shrink(weights, decay == DecayStyle.BEFORE ? learningRate * weightDecay : 0);
        double inside = decay == DecayStyle.COUPLED ? weightDecay : 0;
        double[] direction = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            mean[i] = betas.first() * mean[i] + (1 - betas.first()) * gradient[i];
            square[i] = betas.second() * square[i] + (1 - betas.second()) * gradient[i] * gradient[i];
            double corrected = mean[i] / (1 - Math.pow(betas.first(), steps));
            double v = square[i] / (1 - Math.pow(betas.second(), steps));
            direction[i] = corrected / (Math.sqrt(v) + epsilon) + inside * weights[i];
        }
        double weightNorm = Norms.norm(weights);
        double directionNorm = Norms.norm(direction);
        double ratio = weightNorm > 0 && directionNorm > 0 ? weightNorm / directionNorm : 1;
        for (int i = 0; i < weights.length; i++) {
            weights[i] -= learningRate * ratio * direction[i];
        }
        shrink(weights, decay == DecayStyle.AFTER ? learningRate * weightDecay : 0);
    }

    private static void shrink(double[] weights, double share) {
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= 1 - share;
        }
    }
}
