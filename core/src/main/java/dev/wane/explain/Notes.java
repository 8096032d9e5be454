package dev.wane.explain;

import dev.wane.decay.CoupledAdaptive;
import dev.wane.decay.CoupledSgd;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an explanation says beside its figures: what is missing and which figures that costs. */
final class Notes {
    private Notes() {}

    static List<String> of(Recipe recipe, ExplainedGroup group) {
        List<String> notes = new ArrayList<>();
        missing(recipe, notes);
        schedule(recipe, notes);
        convention(recipe, group, notes);
        return notes;
    }

    private static void missing(Recipe recipe, List<String> notes) {
        need(recipe.learningRate(), "learningRate", "decay per step, timescale and retention", notes);
        need(recipe.weightDecay(), "weightDecay", "decay per step, timescale and retention", notes);
        need(recipe.batchSize(), "batchSize", "timescale in epochs and samples", notes);
        need(recipe.datasetSize(), "datasetSize", "timescale in epochs and retention per epoch", notes);
        need(recipe.length(), "epochs (or steps, or tokensSeen)", "run share, total decay, memory, verdict", notes);
        if (recipe.length() instanceof RunLength.TokensSeen && Double.isNaN(recipe.tokensPerStep())) {
            notes.add("sequenceLength is missing: tokensSeen cannot be turned into steps");
        }
    }

    private static void need(@Nullable Object value, String name, String figures, List<String> notes) {
        if (value == null) {
            notes.add(name + " is missing: " + figures + " are unknown");
        }
    }

    private static void schedule(Recipe recipe, List<String> notes) {
        if (recipe.schedule() == null) {
            notes.add("no schedule given: constant is assumed");
        }
    }

    private static void convention(Recipe recipe, ExplainedGroup group, List<String> notes) {
        if (group.convention() instanceof CoupledAdaptive && group.weightDecay() > 0) {
            notes.add("this optimizer adds λθ inside its preconditioner: no single decay per step exists; use adamw");
        }
        if (group.convention() instanceof CoupledSgd sgd
                && sgd.momentum() > 0
                && sgd.oscillates(group.learningRate(), group.weightDecay())) {
            notes.add(
                    "the decay oscillates: learningRate·weightDecay is so large for this momentum that weights change sign");
        }
        if (group.decayPerStep() >= 1) {
            notes.add("the decay per step is 1 or more: each step flips or erases the weights");
        }
        if (recipe.weightDecay() != null && recipe.weightDecay() == 0) {
            notes.add("weightDecay is 0: timescale and half-life are infinite and printed as null");
        }
    }
}
