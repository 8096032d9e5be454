package dev.wane.law;

import dev.wane.decay.CoupledSgd;
import dev.wane.decay.Decay;
import dev.wane.decay.DecayConvention;
import dev.wane.dynamics.DecayRun;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.TrainingScale;

/**
 * What a law sees of a run.
 *
 * @param recipe with a learning rate
 * @param scale its lengths
 * @param rateGiven whether somebody gave this learning rate as the one that reaches hidden matrices: then laws of width do
 *     not divide it
 */
public record Setting(Recipe recipe, TrainingScale scale, boolean rateGiven) {
    /**
     * The setting of a recipe.
     *
     * @param recipe with a learning rate
     * @return recipe and lengths
     */
    public static Setting of(Recipe recipe) {
        return new Setting(recipe, TrainingScale.of(recipe), false);
    }

    /**
     * What λ is multiplied by.
     *
     * @return the recipe's convention
     */
    public DecayConvention convention() {
        return recipe.convention();
    }

    /**
     * The peak learning rate.
     *
     * @return η; NaN if unknown
     */
    public double learningRate() {
        return recipe.learningRate() == null ? Double.NaN : recipe.learningRate();
    }

    /**
     * The peak learning rate of hidden matrices under μP.
     *
     * @param width m, this setting's width over the base's
     * @return η/m; η where it was given
     */
    public double hiddenLearningRate(double width) {
        return rateGiven ? learningRate() : learningRate() / width;
    }

    /**
     * The weight decay as written.
     *
     * @return λ; NaN if unknown
     */
    public double weightDecay() {
        return recipe.weightDecay() == null ? Double.NaN : recipe.weightDecay();
    }

    /**
     * The decay per step that laws scale: 1/τ at peak.
     *
     * @return to first order for SGD with momentum; NaN where it does not exist
     */
    public double decayPerStep() {
        return weightDecay() == 0 ? 0 : 1 / convention().timescaleSteps(learningRate(), weightDecay());
    }

    /**
     * The run under some λ.
     *
     * @param weightDecay λ ≥ 0
     * @return the decay of every step
     */
    public DecayRun run(double weightDecay) {
        return new DecayRun(
                new Decay(weightDecay, convention()),
                learningRate(),
                recipe.scheduleOrConstant(),
                recipe.weightDecaySchedule(),
                scale.executedSteps());
    }

    /**
     * Whether a decay would flip weights: d ≥ 1, or an oscillating one under momentum.
     *
     * @param weightDecay λ ≥ 0
     * @return true if so
     */
    public boolean tooMuch(double weightDecay) {
        Decay plain = new Decay(weightDecay, convention()).plain();
        if (plain.convention() instanceof CoupledSgd sgd && sgd.momentum() > 0) {
            return sgd.oscillates(learningRate(), plain.weightDecay());
        }
        return convention().decayPerStep(learningRate(), 1, weightDecay) >= 1;
    }

    /**
     * Whether the learning rate and λ stay at their peak for the whole run.
     *
     * @return true for a constant schedule without warm-up and a constant λ
     */
    public boolean isConstant() {
        return recipe.scheduleOrConstant().isConstant()
                && recipe.weightDecaySchedule().isConstant();
    }
}
