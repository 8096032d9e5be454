package dev.wane.dynamics;

import dev.wane.decay.CoupledSgd;
import dev.wane.decay.Decay;
import dev.wane.framework.Family;
import dev.wane.recipe.Betas;
import org.jspecify.annotations.Nullable;

/**
 * Where decay and updates balance, for noise-dominated gradients of scale-invariant weights, at the peak learning rate.
 *
 * <p>Adam type, with a = 1 − d and U² = (1 − β₁)/(1 + β₁): RMS = ηU·√((1 + aβ₁)/((1 − a²)(1 − aβ₁))), rotation
 * √((1 − a²)(1 − β₁²))/(1 + aβ₁). SGD with a coupled penalty: rotation √(2ηλ/(1 + μ)); decoupled: √(2d(1 − μ)/(1 + μ));
 * Nesterov's: √(2ηλ(1 − μ)S) and (1 − μ)√(2dS) with S = (1 + μ)² + μ⁴/(1 − μ²). Muon with updates of RMS U: RMS
 * √(η²/2d)·U√((1 + μ)/(1 − μ)), rotation √(2d(1 − μ)/(1 + μ)).
 * Lion, with F = (1 − β₁)² + β₁²(1 − β₂)/(1 + β₂): RMS √(η²/2d)·√(2/π)/√F, rotation √(π/2)·√(2d)·√F. The size of SGD's
 * weights depends on the gradient.
 *
 * @param rms root mean square of the weights; NaN where it depends on the gradient or an unknown scale of the update
 * @param rotationPerStep angle between successive weights, radians
 * @param relaxationSteps steps in which the distance to it falls by e, see {@link Approach#relaxationSteps}
 * @see <a href="https://arxiv.org/abs/2305.17212">Kosson, Messmer and Jaggi (2023), table 1</a>
 */
public record Equilibrium(double rms, double rotationPerStep, double relaxationSteps) {
    /**
     * The equilibrium of an optimizer.
     *
     * @param family what the update is like
     * @param decay λ with its convention
     * @param learningRate peak η, &gt; 0
     * @param momentum of SGD and Muon
     * @param betas of Adam and Lion
     * @param updateRms root mean square of Muon's updates before they are multiplied by η; NaN where unknown
     * @return null where there is none (no decay, d ≥ 1, an oscillating one) or no known form
     */
    public static @Nullable Equilibrium of(
            Family family, Decay decay, double learningRate, CoupledSgd momentum, Betas betas, double updateRms) {
        double fraction = decay.perStep(learningRate);
        if (!(fraction > 0 && fraction < 1)) {
            return null;
        }
        if (decay.plain().convention() instanceof CoupledSgd sgd) {
            if (sgd.oscillates(learningRate, decay.plain().weightDecay())) {
                return null;
            }
            return sgd(
                    Math.sqrt(2 * intrinsic(decay, learningRate) * (1 - sgd.momentum()) * sgd.updateVariance()),
                    fraction);
        }
        return switch (family) {
            case SGD -> sgd((1 - momentum.momentum()) * Math.sqrt(2 * fraction * momentum.updateVariance()), fraction);
            case ADAM -> adam(learningRate, fraction, betas.first());
            case LION -> lion(learningRate, fraction, betas.first(), betas.second());
            case MUON -> muon(learningRate, fraction, momentum.momentum(), updateRms);
            default -> null;
        };
    }

    /**
     * The intrinsic learning rate: ηλ of a coupled penalty, ηλ(1 − a) under dampening; the decay per step of others.
     *
     * @param decay λ with its convention
     * @param learningRate peak η, &gt; 0
     * @return what a network with normalised weights depends on; NaN where no decay per step exists
     * @see <a href="https://arxiv.org/abs/2010.02916">Li, Lyu and Arora (2020)</a>
     */
    public static double intrinsic(Decay decay, double learningRate) {
        return decay.plain().convention() instanceof CoupledSgd sgd
                ? learningRate * decay.plain().weightDecay() * (1 - sgd.effectiveDampening())
                : decay.perStep(learningRate);
    }

    private static Equilibrium muon(double learningRate, double decayPerStep, double momentum, double updateRms) {
        double correlated = (1 + momentum) / (1 - momentum);
        double rms = learningRate / Math.sqrt(2 * decayPerStep) * updateRms * Math.sqrt(correlated);
        return normed(rms, Math.sqrt(2 * decayPerStep / correlated), decayPerStep);
    }

    private static Equilibrium sgd(double rotationPerStep, double decayPerStep) {
        return new Equilibrium(Double.NaN, rotationPerStep, Approach.relaxationSteps(true, decayPerStep));
    }

    /** Of updates whose size does not depend on the weights'. */
    private static Equilibrium normed(double rms, double rotationPerStep, double decayPerStep) {
        return new Equilibrium(rms, rotationPerStep, Approach.relaxationSteps(false, decayPerStep));
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
        double rms = learningRate * updateRms(beta) * Math.sqrt((1 + a * beta) / (oneMinusSquare * (1 - a * beta)));
        return normed(rms, Math.sqrt(oneMinusSquare * (1 - beta * beta)) / (1 + a * beta), decayPerStep);
    }

    /**
     * The cosine between weight and update in Adam's equilibrium: −ηU²β₁/(1 − aβ₁) over RMS·U.
     *
     * @param learningRate η, &gt; 0
     * @param decayPerStep d in (0, 1)
     * @param beta β₁ in [0, 1)
     * @return in [−1, 0]
     */
    public static double adamCosine(double learningRate, double decayPerStep, double beta) {
        double product = -learningRate * updateRms(beta) * updateRms(beta) * beta / (1 - (1 - decayPerStep) * beta);
        return product / (adam(learningRate, decayPerStep, beta).rms() * updateRms(beta));
    }

    /**
     * The equilibrium of Lion, to first order in d.
     *
     * @param learningRate η, &gt; 0
     * @param decayPerStep d in (0, 1)
     * @param beta1 β₁ in [0, 1)
     * @param beta2 β₂ in [0, 1)
     * @return RMS and rotation
     */
    public static Equilibrium lion(double learningRate, double decayPerStep, double beta1, double beta2) {
        double root = Math.sqrt(lionFactor(beta1, beta2));
        double rms = learningRate / Math.sqrt(2 * decayPerStep) * Math.sqrt(2 / Math.PI) / root;
        return normed(rms, Math.sqrt(Math.PI / 2) * Math.sqrt(2 * decayPerStep) * root, decayPerStep);
    }

    /**
     * How correlated Lion's successive signs are: F = (1 − β₁)² + β₁²(1 − β₂)/(1 + β₂).
     *
     * @param beta1 β₁ in [0, 1)
     * @param beta2 β₂ in [0, 1)
     * @return F
     */
    public static double lionFactor(double beta1, double beta2) {
        return (1 - beta1) * (1 - beta1) + beta1 * beta1 * (1 - beta2) / (1 + beta2);
    }

    /**
     * The root mean square of Adam's update before it is multiplied by η: √((1 − β₁)/(1 + β₁)).
     *
     * @param beta β₁ in [0, 1)
     * @return 0.229 at β₁ = 0.9, where Muon's factor 0.2 comes from
     */
    public static double updateRms(double beta) {
        return Math.sqrt((1 - beta) / (1 + beta));
    }
}
