package dev.wane.recipe;

import org.jspecify.annotations.Nullable;

/** The length of a run whose batch or data change. */
final class KeptLength {
    private KeptLength() {}

    /**
     * The length at the target.
     *
     * @param keep null means epochs where they are known, else samples
     * @param resized the base with the target's batch and data
     * @return null where the base has no length
     */
    static @Nullable RunLength of(Target.@Nullable Keep keep, Recipe base, Recipe resized) {
        if (base.length() == null) {
            return null;
        }
        TrainingScale scale = TrainingScale.of(base);
        boolean countable = !Double.isNaN(scale.epochs());
        return switch (keep == null ? (countable ? Target.Keep.EPOCHS : Target.Keep.SAMPLES) : keep) {
            case EPOCHS -> countable ? epochs(scale, base) : base.length();
            case STEPS -> scale.executedSteps() > 0 ? new RunLength.Steps(scale.executedSteps()) : base.length();
            case SAMPLES -> samples(base, scale, resized);
        };
    }

    private static @Nullable RunLength epochs(TrainingScale scale, Recipe base) {
        return base.length() instanceof RunLength.Epochs ? base.length() : new RunLength.Epochs(scale.epochs());
    }

    private static @Nullable RunLength samples(Recipe base, TrainingScale scale, Recipe resized) {
        if (base.length() instanceof RunLength.TokensSeen || base.batchSize() == null || resized.batchSize() == null) {
            return base.length();
        }
        double steps = scale.runSteps() * base.batchSize() / resized.batchSize();
        return steps > 0 ? new RunLength.Steps(Math.max(1, Math.round(steps))) : base.length();
    }
}
