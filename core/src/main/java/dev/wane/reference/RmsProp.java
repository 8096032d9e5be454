package dev.wane.reference;

/**
 * torch's RMSprop: v ← αv + (1 − α)g², u = g/(√v + ε), with momentum b ← μb + u; θ ← θ − ηu or θ − ηb.
 */
public final class RmsProp implements ReferenceOptimizer {
    private final double smoothing;
    private final double momentum;
    private final double epsilon;
    private final DecayStyle style;
    private final double[] square;
    private final double[] buffer;

    /**
     * An optimizer before its first step.
     *
     * @param size length of the tensor
     * @param smoothing α in [0, 1)
     * @param momentum μ in [0, 1)
     * @param epsilon ε &gt; 0
     * @param style where the decay goes
     */
    public RmsProp(int size, double smoothing, double momentum, double epsilon, DecayStyle style) {
        this.smoothing = smoothing;
        this.momentum = momentum;
        this.epsilon = epsilon;
        this.style = style;
        this.square = new double[size];
        this.buffer = new double[size];
    }

    @Override
    public void step(double[] weights, double[] gradient, double learningRate, double weightDecay) {
        for (int i = 0; i < weights.length; i++) {
            double g = style.gradient(gradient[i], weights[i], weightDecay);
            square[i] = smoothing * square[i] + (1 - smoothing) * g * g;
            double direction = g / (Math.sqrt(square[i]) + epsilon);
            buffer[i] = momentum * buffer[i] + direction;
            double update = learningRate * (momentum == 0 ? direction : buffer[i]);
            weights[i] = style.apply(weights[i], update, learningRate, weightDecay);
        }
    }
}
