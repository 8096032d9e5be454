package dev.wane.law;

import dev.wane.decay.CoupledAdaptive;
import dev.wane.decay.Decay;
import dev.wane.decay.InTrustRatio;

/**
 * A published rule for carrying a weight decay from the setting where it was tuned to another one.
 *
 * <p>A law keeps something constant and solves for λ at the target. λ₂ is in the target's own convention, and the
 * target's learning rate follows the learning-rate rule in force unless the law prescribes its own.
 */
public sealed interface DecayLaw
        permits ConstantTimescale,
                RetentionPerEpoch,
                RunFraction,
                Normalised,
                PowerLines,
                SdeSqrt,
                CompleteP,
                WidthScaling,
                Independent,
                Nanochat,
                Unchanged {
    /**
     * The name used in JSON and on the command line.
     *
     * @return lower case with hyphens
     */
    String id();

    /**
     * What the law keeps constant.
     *
     * @return a few words
     */
    String keeps();

    /**
     * The formula as printed.
     *
     * @return one line
     */
    String formula();

    /**
     * Where the law was published.
     *
     * @return an arXiv number, a repository or "derived"
     */
    String source();

    /**
     * The networks, parameters and settings for which the law is stated.
     *
     * @return one sentence
     */
    String validity();

    /**
     * Whether the law says anything about a change.
     *
     * @param base where λ was tuned, with learning rate and λ
     * @param target where it goes
     * @return applicable, or the reason why not
     */
    Applicability applicability(Setting base, Setting target);

    /**
     * What the law makes of the target.
     *
     * @param base where λ₁ was tuned
     * @param target where λ₂ goes
     * @return the prescription, its λ NaN where none satisfies the law; meaningless where not applicable
     */
    Prescription prescribe(Setting base, Setting target);

    /**
     * Whether the law competes with the others for the same learning rate.
     *
     * @return false for a law that prescribes its own learning rate or is only a yardstick
     */
    default boolean inSpread() {
        return true;
    }

    /**
     * Whether the law was measured on, or derived for, training from random weights alone.
     *
     * @return true for a law that says nothing of a run which starts from a trained network
     */
    default boolean fromScratch() {
        return false;
    }

    /**
     * Why no law can speak of a setting.
     *
     * @param base where λ was tuned
     * @param target where it goes
     * @return applicable unless one side has no decay per step
     */
    static Applicability needsDecayPerStep(Setting base, Setting target) {
        for (Setting setting : new Setting[] {base, target}) {
            if (setting.convention().hasDecayPerStep()) {
                continue;
            }
            String optimizer = setting.recipe().optimizer().toString();
            return switch (new Decay(0, setting.convention()).plain().convention()) {
                case InTrustRatio ignored ->
                    Applicability.no(
                            optimizer + " decays inside its trust ratio: the relative step is the learning rate"
                                    + " whatever λ is, and no rule is known");
                case CoupledAdaptive ignored ->
                    Applicability.no(optimizer
                            + " adds λθ inside its preconditioner: no decay per step exists, and no rule is known");
                default -> Applicability.no(optimizer + " needs batchSize to say what λ is multiplied by");
            };
        }
        return Applicability.yes("");
    }
}
