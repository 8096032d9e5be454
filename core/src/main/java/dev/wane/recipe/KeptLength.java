package dev.wane.recipe;

import org.jspecify.annotations.Nullable;

/** The length of a run whose batch or data change, in the unit in which the base gives it. */
final class KeptLength {
    private KeptLength() {}

    /**
     * The length at the target. Epochs over a data set of unknown size are kept as samples: the size did not change.
     *
     * @param keep null means epochs
     * @param resized the base with the target's batch and data
     * @return null where the base has no length
     */
    static @Nullable RunLength of(Target.@Nullable Keep keep, Recipe base, Recipe resized) {
        return switch (keep == null ? Target.Keep.EPOCHS : keep) {
            case EPOCHS -> scaled(base.length(), relative(resized.datasetSize(), data(base)), base, resized);
            case STEPS -> steps(base);
            case SAMPLES -> samples(base, resized);
        };
    }

    private static @Nullable RunLength steps(Recipe base) {
        long steps = TrainingScale.of(base).executedSteps();
        return steps > 0 ? new RunLength.Steps(steps) : base.length();
    }

    /** As many samples are fewer epochs of a larger data set. */
    private static @Nullable RunLength samples(Recipe base, Recipe resized) {
        double data = relative(resized.datasetSize(), base.datasetSize());
        return base.length() instanceof RunLength.Epochs epochs
                ? new RunLength.Epochs(epochs.amount() / data)
                : scaled(base.length(), 1, base, resized);
    }

    /** Epochs stay, samples and tokens follow the data, and steps the data over the batch. */
    private static @Nullable RunLength scaled(@Nullable RunLength length, double data, Recipe base, Recipe resized) {
        return switch (length) {
            case null -> null;
            case RunLength.Epochs epochs -> epochs;
            case RunLength.TokensSeen tokens -> data == 1 ? tokens : new RunLength.TokensSeen(tokens.amount() * data);
            case RunLength.SamplesSeen samples ->
                data == 1 ? samples : new RunLength.SamplesSeen(samples.amount() * data);
            case RunLength.Steps steps -> {
                double ratio = data / relative(resized.batchSize(), base.batchSize());
                yield ratio == 1 ? steps : steps(steps.count() * ratio);
            }
        };
    }

    private static RunLength steps(double steps) {
        return new RunLength.Steps(Math.max(1, Math.round(steps)));
    }

    /** Where only what a run sees is known, it is taken to see its data once. */
    private static @Nullable Double data(Recipe base) {
        if (base.datasetSize() != null) {
            return base.datasetSize();
        }
        double seen = base.unit() == Recipe.Unit.TOKENS
                ? base.tokensSeen()
                : TrainingScale.of(base).runSteps() * base.samplesPerStep();
        return base.length() instanceof RunLength.Epochs || Double.isNaN(seen) ? null : seen;
    }

    /** 1 where a size is not known on both sides: then it did not change. */
    private static double relative(@Nullable Double after, @Nullable Double before) {
        return after == null || before == null ? 1 : after / before;
    }
}
