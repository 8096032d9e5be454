package dev.wane.explain;

import dev.wane.decay.Decay;
import dev.wane.dynamics.Approach;
import dev.wane.dynamics.Equilibrium;
import dev.wane.dynamics.Memory;
import dev.wane.framework.Family;
import dev.wane.recipe.Recipe;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a recipe's weight decay really does, per parameter group.
 *
 * @param recipe what was explained
 * @param groups one entry per group with its own learning rate or weight decay
 * @param memory which steps the final weights remember; null where no decay per step exists or the run length is unknown
 * @param notes what is missing, and what to know about the figures
 */
public record Explanation(
        Recipe recipe,
        List<ExplainedGroup> groups,
        @Nullable Memory memory,
        List<String> notes) {
    /** Copies the lists. */
    public Explanation {
        groups = List.copyOf(groups);
        notes = List.copyOf(notes);
    }

    /**
     * Explains a recipe.
     *
     * @param recipe any recipe; what it lacks makes figures NaN and adds a note
     * @return the explanation
     */
    public static Explanation of(Recipe recipe) {
        ExplainedGroup group = ExplainedGroup.of("default", recipe);
        return new Explanation(recipe, List.of(group), ExplainedGroup.memory(recipe), Notes.of(recipe, group));
    }

    /**
     * The same explanation with more to know.
     *
     * @param more notes that follow the others
     * @return the new explanation
     */
    public Explanation withNotes(List<String> more) {
        return new Explanation(
                recipe,
                groups,
                memory,
                Stream.concat(notes.stream(), more.stream()).toList());
    }

    /**
     * What alone the result depends on where weights are normalised.
     *
     * @return ηλ of a coupled penalty, the decay per step of others; NaN without learning rate or λ
     * @see Equilibrium#intrinsic
     */
    public double intrinsicLearningRate() {
        Decay decay = recipe.decay();
        Double rate = recipe.learningRate();
        return decay == null || rate == null ? Double.NaN : Equilibrium.intrinsic(decay, rate);
    }

    /**
     * What the decay is equivalent to for scale-invariant weights under SGD: no decay, and a learning rate that grows by
     * this factor per step (a constant one; under a schedule at its peak).
     *
     * @return (1 − d)^−2; NaN for other optimizers and where no decay per step exists
     * @see Approach#equivalentGrowth
     */
    public double equivalentGrowth() {
        ExplainedGroup group = groups.getFirst();
        double decay = group.decayPerStep();
        return recipe.family() == Family.SGD && decay < 1 && (decay == 0 || group.equilibrium() != null)
                ? Approach.equivalentGrowth(decay)
                : Double.NaN;
    }
}
