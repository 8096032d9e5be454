package dev.wane.reference;

import dev.wane.recipe.Betas;

/**
 * torch's Adam and AdamW: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², u = m̂/(√v̂ + ε) with m̂ = m/(1 − β₁^t) and
 * v̂ = v/(1 − β₂^t); θ ← θ − ηu. Coupled it is Adam with L2, decoupled AdamW.
 */
public final class Adam implements ReferenceOptimizer {
    private final Betas betas;
    private final double epsilon;
    private final AdamForm form;
    private final DecayStyle style;
    private final double[] mean;
    private final double[] square;
    private long steps;

    /**
     * An optimizer before its first step.
     *
     * @param size length of the tensor
     * @param betas β₁, β₂
     * @param epsilon ε &gt; 0, or 0
     * @param style where the decay goes
     */
    public Adam(int size, Betas betas, double epsilon, DecayStyle style) {
        this(size, betas, epsilon, AdamForm.USUAL, style);
    }

    /**
     * An optimizer of the form that a library has.
     *
     * @param size length of the tensor
     * @param betas β₁, β₂
     * @param epsilon ε &gt; 0, or 0
     * @param form where ε and the bias corrections go
     * @param style where the decay goes
     */
    public Adam(int size, Betas betas, double epsilon, AdamForm form, DecayStyle style) {
        this.betas = betas;
        this.epsilon = epsilon;
        this.form = form;
        this.style = style;
        this.mean = new double[size];
        this.square = new double[size];
    }

    @Override
    public void step(double[] weights, double[] gradient, double learningRate, double weightDecay) {
        steps++;
        for (int i = 0; i < weights.length; i++) {
            double g = style.gradient(gradient[i], weights[i], weightDecay);
            double update = learningRate * direction(i, g);
            weights[i] = style.apply(weights[i], update, learningRate, weightDecay);
        }
    }

    private double direction(int i, double g) {
        mean[i] = betas.first() * mean[i] + (1 - betas.first()) * g;
        square[i] = betas.second() * square[i] + (1 - betas.second()) * g * g;
        return form.direction(
                mean[i], square[i], 1 - Math.pow(betas.first(), steps), 1 - Math.pow(betas.second(), steps), epsilon);
    }
}
