package dev.wane.reference;

import dev.wane.decay.CoupledSgd;

/**
 * torch's SGD: v ← μv + (1 − a)g, the first v being g; θ ← θ − ηv, Nesterov θ ← θ − η(g + μv).
 */
public final class Sgd implements ReferenceOptimizer {
    private final CoupledSgd momentum;
    private final DecayStyle style;
    private final double[] buffer;
    private boolean started;

    /**
     * An optimizer before its first step.
     *
     * @param size length of the tensor
     * @param momentum μ, dampening and Nesterov
     * @param style where the decay goes
     */
    public Sgd(int size, CoupledSgd momentum, DecayStyle style) {
        this.momentum = momentum;
        this.style = style;
        this.buffer = new double[size];
    }

    @Override
    public void step(double[] weights, double[] gradient, double learningRate, double weightDecay) {
        for (int i = 0; i < weights.length; i++) {
            double g = style.gradient(gradient[i], weights[i], weightDecay);
            double update = learningRate * direction(i, g);
            weights[i] = style.apply(weights[i], update, learningRate, weightDecay);
        }
        started = true;
    }

    private double direction(int i, double g) {
        if (momentum.momentum() == 0) {
            return g;
        }
        buffer[i] = started ? momentum.momentum() * buffer[i] + (1 - momentum.dampening()) * g : g;
        return momentum.nesterov() ? g + momentum.momentum() * buffer[i] : buffer[i];
    }
}
