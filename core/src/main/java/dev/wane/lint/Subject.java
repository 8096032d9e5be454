package dev.wane.lint;

import dev.wane.explain.ExplainedGroup;
import dev.wane.recipe.Recipe;

/**
 * What rules look at.
 *
 * @param recipe what is trained with
 * @param group its figures
 * @param context what else is known of the run
 */
public record Subject(Recipe recipe, ExplainedGroup group, Context context) {
    /**
     * A recipe with its figures.
     *
     * @param recipe what is trained with
     * @param context what else is known of the run
     * @return the subject
     */
    public static Subject of(Recipe recipe, Context context) {
        return new Subject(recipe, ExplainedGroup.of("default", recipe), context);
    }

    /**
     * Whether a λ above 0 is known.
     *
     * @return true if so
     */
    public boolean decays() {
        return recipe.weightDecay() != null && recipe.weightDecay() > 0;
    }
}
