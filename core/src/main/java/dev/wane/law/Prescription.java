package dev.wane.law;

import dev.wane.recipe.Betas;
import dev.wane.recipe.Recipe;

/**
 * What a law makes of a target.
 *
 * @param learningRate peak η
 * @param weightDecay λ in the target's convention; NaN where no λ satisfies the law
 * @param betas of an Adam-type optimizer
 * @param epsilon of an Adam-type optimizer
 */
public record Prescription(double learningRate, double weightDecay, Betas betas, double epsilon) {
    /** Only λ is prescribed; the rest is the target's. */
    static Prescription weightDecay(double weightDecay, Setting target) {
        Recipe recipe = target.recipe();
        return new Prescription(target.learningRate(), weightDecay, recipe.betas(), recipe.epsilon());
    }

    /** The λ that has a decay per step at the target's learning rate. */
    static Prescription decayPerStep(double decayPerStep, Setting target) {
        return weightDecay(target.convention().weightDecayFor(target.learningRate(), decayPerStep), target);
    }
}
