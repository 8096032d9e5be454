package dev.wane.plan;

import dev.wane.recipe.Recipe;
import java.util.List;

/**
 * Every law's answer to one change, side by side.
 *
 * @param base where λ was tuned
 * @param target the target's recipe, its weight decay still that of the base
 * @param alternatives one per law
 */
public record Plan(Recipe base, Recipe target, List<Alternative> alternatives) {
    /** Copies the list. */
    public Plan {
        alternatives = List.copyOf(alternatives);
    }
}
