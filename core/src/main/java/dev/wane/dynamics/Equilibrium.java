package dev.wane.dynamics;

import dev.wane.decay.CoupledSgd;
import dev.wane.decay.Decay;
import org.jspecify.annotations.Nullable;

/**
 * Where decay and updates balance, for noise-dominated gradients of scale-invariant weights, at the peak learning rate.
 *
 * <p>Adam type, with a = 1 − d and U² = (1 − β₁)/(1 + β₁): RMS = ηU·√((1 + aβ₁)/((1 − a²)(1 − aβ₁))), rotation
 * √((1 − a²)(1 − β₁²))/(1 + aβ₁). SGD with a coupled penalty: rotation √(2ηλ/(1 + μ)); its RMS depends on the gradient.
 *
 * @param rms root mean square of the weights; NaN for SGD
 * @param rotationPerStep angle between successive weights, radians
 * @see <a href="https://arxiv.org/abs/2305.17212">Kosson, Messmer and Jaggi (2023), table 1</a>
 */
public record Equilibrium(double rms, double rotationPerStep) {
    /**
     * The equilibrium under a convention.
     *
     * @param beta β₁ of an Adam-type optimizer, in [0, 1); not read for SGD
     * @param decay λ with its convention
     * @param learningRate peak η, &gt; 0
     * @return null where there is none (no decay, d ≥ 1) or no exact form
     */
    public static @Nullable Equilibrium of(double beta, Decay decay, double learningRate) {
        double fraction = decay.perStep(learningRate);
        if (!(fraction > 0 && fraction < 1)) {
            return null;
        }
        if (decay.convention() instanceof CoupledSgd sgd) {
            double intrinsic = learningRate * decay.weightDecay() * (1 - sgd.effectiveDampening());
            return new Equilibrium(Double.NaN, Math.sqrt(2 * intrinsic / (1 + sgd.momentum())));
        }
        return adam(learningRate, fraction, beta);
    }

    /**
     * The equilibrium of an Adam-type optimizer.
     *
     * @param learningRate η, &gt; 0
     * @param decayPerStep d in (0, 1)
     * @param beta β₁ in [0, 1)
     * @return exact in d
     */
    public static Equilibrium adam(double learningRate, double decayPerStep, double beta) {
        double a = 1 - decayPerStep;
        double oneMinusSquare = decayPerStep * (2 - decayPerStep);
        double updateRms = Math.sqrt((1 - beta) / (1 + beta));
        double rms = learningRate * updateRms * Math.sqrt((1 + a * beta) / (oneMinusSquare * (1 - a * beta)));
        return new Equilibrium(rms, Math.sqrt(oneMinusSquare * (1 - beta * beta)) / (1 + a * beta));
    }
}
