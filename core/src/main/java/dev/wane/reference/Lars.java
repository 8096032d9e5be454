package dev.wane.reference;

/**
 * LARS: the local rate τ = c·‖θ‖/(‖g‖ + λ‖θ‖), then v ← μv + ητ(g + λθ), θ ← θ − v. A zero norm makes τ = 1.
 *
 * @see <a href="https://arxiv.org/abs/1708.03888">You, Gitman and Ginsburg (2017), algorithm 1</a>
 */
public final class Lars implements ReferenceOptimizer {
    private final double momentum;
    private final double trust;
    private final double[] buffer;

    /**
     * An optimizer before its first step.
     *
     * @param size length of the tensor
     * @param momentum μ in [0, 1)
     * @param trust c &gt; 0
     */
    public Lars(int size, double momentum, double trust) {
        this.momentum = momentum;
        this.trust = trust;
        this.buffer = new double[size];
    }

    @Override
    public void step(double[] weights, double[] gradient, double learningRate, double weightDecay) {
        double weightNorm = Norms.norm(weights);
        double gradientNorm = Norms.norm(gradient);
        double local =
                weightNorm > 0 && gradientNorm > 0 ? trust * weightNorm / (gradientNorm + weightDecay * weightNorm) : 1;
        for (int i = 0; i < weights.length; i++) {
            double g = gradient[i] + weightDecay * weights[i];
            buffer[i] = momentum * buffer[i] + learningRate * local * g;
            weights[i] -= buffer[i];
        }
    }
}
