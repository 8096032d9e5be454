package dev.wane.reference;

/**
 * One optimizer on one tensor. It holds the moments of that tensor and nothing else; learning rate and weight decay come
 * with every step, so that schedules are the caller's.
 */
public sealed interface ReferenceOptimizer permits Sgd, Adam, Lion, RmsProp, Lars, Lamb, Muon {
    /**
     * Takes one step in place.
     *
     * @param weights θ, changed
     * @param gradient of the loss at θ, of the same length; not changed
     * @param learningRate η_t ≥ 0
     * @param weightDecay λ_t ≥ 0
     */
    void step(double[] weights, double[] gradient, double learningRate, double weightDecay);
}
