package dev.wane.explain;

import dev.wane.decay.CoupledAdaptive;
import dev.wane.decay.CoupledSgd;
import dev.wane.decay.DecayConvention;
import dev.wane.decay.DecoupledLr;
import dev.wane.decay.InTrustRatio;
import dev.wane.dynamics.Approach;
import dev.wane.dynamics.Bfloat16;
import dev.wane.framework.Family;
import dev.wane.framework.Optimizer;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.recipe.Start;
import dev.wane.recipe.TrainingScale;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an explanation says beside its figures: what is missing and which figures that costs. */
final class Notes {
    private Notes() {}

    static List<String> of(Recipe recipe, ExplainedGroup group) {
        List<String> notes = new ArrayList<>();
        missing(recipe, notes);
        schedule(recipe, notes);
        convention(recipe, group, notes);
        realised(recipe, group, notes);
        bounded(recipe, group, notes);
        start(recipe.start(), group, notes);
        return notes;
    }

    private static void start(Start start, ExplainedGroup group, List<String> notes) {
        double left = start.left(Math.exp(-group.retention().effective()));
        if (start == Start.SCRATCH || !(group.weightDecay() > 0)) {
            return;
        }
        String of = start == Start.ADAPTER ? "the adapter's product" : "the trained network's weights";
        notes.add(start.pull()
                + (Double.isNaN(left)
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "; of %s decay alone leaves %.3g %% at the end of the run",
                                of,
                                100 * left)));
    }

    private static void missing(Recipe recipe, List<String> notes) {
        need(recipe.learningRate(), "learningRate", "decay per step, timescale and retention", notes);
        need(recipe.weightDecay(), "weightDecay", "decay per step, timescale and retention", notes);
        need(recipe.batchSize(), "batchSize", "timescale in epochs and samples", notes);
        need(recipe.datasetSize(), "datasetSize", "timescale in epochs and retention per epoch", notes);
        need(
                recipe.length(),
                "epochs (or steps, samplesSeen, tokensSeen)",
                "run share, total decay, memory, verdict",
                notes);
        if (recipe.length() instanceof RunLength.TokensSeen && Double.isNaN(recipe.tokensPerStep())) {
            notes.add("sequenceLength is missing: tokensSeen cannot be turned into steps");
        }
        if (recipe.length() instanceof RunLength.SamplesSeen
                && recipe.batchSize() != null
                && Double.isNaN(recipe.samplesPerStep())) {
            notes.add("sequenceLength is missing: samplesSeen cannot be turned into steps of a batch in tokens");
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
        if (recipe.decay() != null && group.weightDecay() > 0) {
            DecayConvention plain = recipe.decay().plain().convention();
            if (plain instanceof CoupledAdaptive) {
                notes.add(
                        "this optimizer adds λθ inside its preconditioner: no single decay per step exists. Where gradient"
                                + " noise dominates, a coordinate decays by ηλ/(√v + ε) with its own v; where the penalty dominates,"
                                + " by η per step whatever λ is. Decoupled decay has neither");
            }
            if (plain instanceof InTrustRatio) {
                notes.add(
                        "this optimizer decays inside its trust ratio: the relative step is the learning rate whatever λ is");
            }
            if (plain instanceof CoupledSgd sgd && sgd.momentum() > 0) {
                momentum(sgd, recipe.decay().plain().weightDecay(), group, notes);
            }
        }
        factor(recipe, notes);
        registry(recipe.meaning(), notes);
        if (group.decayPerStep() >= 1) {
            notes.add("the decay per step is 1 or more: each step flips or erases the weights");
        }
        if (recipe.weightDecay() != null && recipe.weightDecay() == 0) {
            notes.add("weightDecay is 0: timescale and half-life are infinite and printed as null");
        }
    }

    private static void factor(Recipe recipe, List<String> notes) {
        if (Double.isNaN(recipe.meaning().factor().at(recipe::quantity))) {
            switch (recipe.meaning().factor().by()) {
                case NONE -> {}
                case BATCH -> notes.add("batchSize is missing: this optimizer multiplies λ by it");
                case PARAMETERS -> notes.add("parameters is missing: this penalty is averaged over it");
                case SAMPLES -> notes.add("datasetSize is missing: this objective is divided by it");
            }
        }
    }

    /** Where less decay happens than is written. */
    private static void realised(Recipe recipe, ExplainedGroup group, List<String> notes) {
        if (recipe.skippedSteps() > 0) {
            notes.add("the " + recipe.skippedSteps()
                    + " skipped steps neither update nor decay: figures of the run count the others");
        }
        if (recipe.bfloat16Weights() && recipe.meaning().order().apart()) {
            bfloat16(group.decayPerStep(), notes);
        } else if (recipe.bfloat16Weights() && Bfloat16.losesSteps(recipe.learningRate(), recipe.family())) {
            notes.add(
                    "bfloat16 weights: steps of the learning rate's size are below 2^−7 of weights of size 0.02: most of them, and"
                            + " the decay in them, are rounded away; keep master weights in float32, or round stochastically");
        }
        if (recipe.cautious() && group.weightDecay() > 0) {
            notes.add(
                    "cautious: a coordinate decays only where the update shrinks it, about half of the time in a random"
                            + " walk: expect a total decay near "
                            + text(group.retention().total() / 2) + ", not "
                            + text(group.retention().total())
                            + "; published with λ as without it, and no equilibrium is known");
        }
    }

    private static void bfloat16(double decayPerStep, List<String> notes) {
        if (decayPerStep > 0 && decayPerStep < Bfloat16.LOST_BELOW) {
            notes.add("bfloat16 weights: a decay below 2^−9 = 0.00195 per step, applied by itself, is rounded away;"
                    + " keep master weights in float32, or round stochastically (a fused step rounds once, and keeps it only at"
                    + " large learning rates)");
        } else if (decayPerStep >= Bfloat16.LOST_BELOW && decayPerStep <= Bfloat16.KEPT_ABOVE) {
            notes.add("bfloat16 weights: a decay between 2^−9 and 2^−8 per step, applied by itself, is rounded away"
                    + " for some weights and not for others");
        }
    }

    /** Updates of one size cannot hold a weight far from 0 against its decay. */
    private static void bounded(Recipe recipe, ExplainedGroup group, List<String> notes) {
        double steps = TrainingScale.of(recipe).executedSteps();
        boolean signs = recipe.family() == Family.LION && recipe.convention() instanceof DecoupledLr;
        if (signs && group.decayPerStep() > 0 && group.decayPerStep() < 1) {
            String after = steps >= 1
                    ? ", after this run " + text(Approach.signBound(group.weightDecay(), group.decayPerStep(), steps))
                    : "";
            notes.add("updates are signs: without what is left of its start no weight grows beyond 1/λ = "
                    + text(1 / group.weightDecay()) + after + " (at a constant learning rate)");
        }
    }

    /** In terms of learningRate·λ, of which dampening lets a share through. */
    private static void momentum(CoupledSgd sgd, double lambda, ExplainedGroup group, List<String> notes) {
        String oscillates = text(sgd.oscillationLimit() / (1 - sgd.effectiveDampening()));
        String diverges = text(sgd.stabilityLimit() / (1 - sgd.effectiveDampening()));
        if (!sgd.stable(group.learningRate(), lambda)) {
            notes.add("the decay alone diverges: learningRate·weightDecay is beyond the stability limit " + diverges);
        } else if (sgd.oscillates(group.learningRate(), lambda)) {
            notes.add("the decay oscillates: learningRate·weightDecay is above " + oscillates
                    + ", so large for this momentum that weights change sign");
        } else {
            notes.add("under this momentum the decay would oscillate with learningRate·weightDecay above " + oscillates
                    + " and grow above " + diverges);
        }
    }

    private static void registry(Optimizer meaning, List<String> notes) {
        if (!meaning.checked()) {
            notes.add("what " + meaning + " does was not re-read in its source (unchecked)");
        }
        if (!meaning.note().isEmpty()) {
            notes.add(meaning + ": " + meaning.note());
        }
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
