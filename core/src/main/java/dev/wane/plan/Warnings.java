package dev.wane.plan;

import dev.wane.law.ConstantTimescale;
import dev.wane.law.PowerLines;
import dev.wane.law.Ratios;
import dev.wane.law.Setting;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.recipe.Start;
import dev.wane.recipe.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Where a change leaves the range in which the laws were seen to hold. */
final class Warnings {
    private static final double FEW_STEPS = 2000;
    private static final double SMALLEST_USUAL_BATCH = 8;
    private static final double LARGE_CHANGE = 8;
    private static final double FIRST_ORDER_HOLDS = 0.01;

    private final List<String> warnings = new ArrayList<>();

    private Warnings() {}

    static List<String> of(
            Target change, Setting base, Setting target, List<Alternative> alternatives, String recommended) {
        Warnings found = new Warnings();
        found.batch(base, target);
        found.tokens(target.recipe());
        found.length(base, target);
        found.data(change, base.recipe());
        found.schedule(base.recipe());
        found.optimizer(change, base);
        found.unchecked(base.recipe(), target.recipe());
        found.start(target.recipe().start());
        alternatives.stream()
                .filter(alternative -> alternative.law().id().equals(recommended))
                .forEach(found::recommended);
        return found.warnings;
    }

    private void start(Start start) {
        switch (start) {
            case SCRATCH -> {}
            case PRETRAINED -> warnings.add("the run starts from a trained network: " + start.pull());
            case ADAPTER ->
                warnings.add("an adapter is trained: " + start.pull()
                        + "; no law was measured on adapters, so none is recommended");
        }
    }

    private void batch(Setting base, Setting target) {
        double ratio = Ratios.of(base, target).batch();
        if (ratio >= LARGE_CHANGE) {
            warnings.add(
                    "the batch grows by a factor of " + text(ratio)
                            + ": the laws hold up to about the critical batch size; use a warm-up of a few epochs (Goyal et al.: 5, unchecked)");
        }
        Double batch = target.recipe().batchSize();
        if (ratio < 1
                && batch != null
                && batch < SMALLEST_USUAL_BATCH
                && target.recipe().unit() == Recipe.Unit.SAMPLES) {
            warnings.add("a batch of " + text(batch)
                    + " is tiny: accumulating gradients is the same as a larger batch, not a way around its λ");
        }
        if (ratio > 1
                && multiplied(base)
                && !base.recipe().family().adaptive()
                && target.learningRate() == base.learningRate() * ratio) {
            warnings.add("with the learning rate scaled linearly λ stays: scaling both would double-count");
        }
    }

    /** Whether the decay grows with the learning rate. */
    private static boolean multiplied(Setting base) {
        double rate = base.learningRate();
        return base.convention().timescaleSteps(2 * rate, base.weightDecay())
                < base.convention().timescaleSteps(rate, base.weightDecay());
    }

    private void tokens(Recipe target) {
        double seen = target.tokensSeen();
        Double parameters = target.modelSize().parameters();
        if (parameters != null && !Double.isNaN(seen) && !PowerLines.fitted(parameters)) {
            warnings.add("power-lines was fitted to 111 million to 3.3 billion parameters, not to " + text(parameters));
        }
        double critical = CriticalBatch.powerLines(seen);
        if (target.tokensPerStep() > critical) {
            warnings.add(
                    "the batch of " + text(target.tokensPerStep()) + " tokens is beyond Power Lines' critical batch of "
                            + text(critical) + " for " + text(seen) + " tokens (coefficient unchecked)");
        }
    }

    private void length(Setting base, Setting target) {
        double steps = target.scale().executedSteps();
        if (steps > 0 && steps < FEW_STEPS && steps < base.scale().executedSteps()) {
            warnings.add("the target has " + text(steps) + " steps: below about 2000 the rules were seen to drift");
        }
        Double batch = target.recipe().batchSize();
        Double data = target.recipe().datasetSize();
        if (batch != null && data != null && batch > data) {
            warnings.add("the batch of " + text(batch) + " is larger than the data set of " + text(data));
        }
    }

    /** A data set that only the target knows. */
    private void data(Target change, Recipe base) {
        if (change.datasetSize() == null || base.datasetSize() != null || base.length() instanceof RunLength.Epochs) {
            return;
        }
        boolean follows = change.length() == null && (change.keep() == null || change.keep() == Target.Keep.EPOCHS);
        warnings.add("datasetSize of the base is missing: "
                + (follows ? "its run is taken for one pass over its data" : "the length is as asked"));
    }

    private void schedule(Recipe base) {
        if (base.schedule() == null) {
            warnings.add("no schedule given: constant is assumed");
        }
    }

    private void recommended(Alternative alternative) {
        double decay = 1 / alternative.timescale().steps();
        if (!alternative.applicability().applicable()) {
            warnings.add("the rule for this change, " + alternative.law().id() + ", does not apply: "
                    + alternative.applicability().reason());
        } else if (decay > FIRST_ORDER_HOLDS && alternative.law() instanceof ConstantTimescale) {
            warnings.add(
                    "the decay per step becomes " + text(decay) + ": first order is coarse there, retention is exact");
        }
    }

    /** What a plan rests on and nobody read. */
    private void unchecked(Recipe base, Recipe target) {
        Stream.of(base, target)
                .map(Recipe::meaning)
                .distinct()
                .filter(meaning -> !meaning.checked())
                .forEach(
                        meaning -> warnings.add("what " + meaning + " does was not re-read in its source (unchecked)"));
        if (base.modelEma() != null && !base.modelEma().equals(target.modelEma())) {
            warnings.add("the rule for the average of the weights, ρ₂ = ρ₁^κ, is unchecked");
        }
    }

    private void optimizer(Target change, Setting base) {
        if (change.optimizer() == null
                || change.learningRate() != null
                || change.optimizer().familyOrSgd() == base.recipe().family()) {
            return;
        }
        warnings.add(
                switch (change.optimizer().familyOrSgd()) {
                    case LION ->
                        "Lion is used with 3 to 10 times smaller learning rates than AdamW: give the target's lr; ηλ is kept";
                    case SOPHIA ->
                        "Sophia is used with about half of Lion's learning rate: give the target's lr; ηλ is kept";
                    case MUON ->
                        "Muon with updates scaled by 0.2·√max(A,B) can keep AdamW's lr and λ; otherwise no rule is known";
                    default ->
                        "no rule says what the learning rate becomes under another optimizer: give the target's lr";
                });
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.3g", value);
    }
}
