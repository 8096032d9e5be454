package dev.wane.recipe;

import org.jspecify.annotations.Nullable;

/**
 * The sizes that turn steps into epochs and runs. NaN where a recipe lacks an input.
 *
 * @param batchSize B, samples (or tokens) per optimizer step
 * @param stepsPerEpoch M = N_s/B, real
 * @param epochs E
 * @param runSteps real length E·M
 * @param executedSteps S, the steps that really run: as given, E·⌈M⌉ for epochs (E·⌊M⌋ where the last batch is
 *     dropped), ⌈E·M⌉ where sizes or length are in tokens, less those skipped; 0 if unknown
 */
public record TrainingScale(
        double batchSize, double stepsPerEpoch, double epochs, double runSteps, long executedSteps) {

    /**
     * The scale of a recipe.
     *
     * @param recipe any recipe
     * @return its scale, NaN where inputs are missing
     */
    public static TrainingScale of(Recipe recipe) {
        double batch = orNaN(recipe.batchSize());
        double stepsPerEpoch = orNaN(recipe.datasetSize()) / batch;
        RunLength length = recipe.length();
        double runSteps = runSteps(length, stepsPerEpoch, recipe);
        double epochs = length instanceof RunLength.Epochs given ? given.amount() : runSteps / stepsPerEpoch;
        boolean batched = recipe.unit() == Recipe.Unit.SAMPLES;
        long executed = batched ? executed(length, stepsPerEpoch, runSteps, recipe.dropLast()) : ceil(runSteps);
        return new TrainingScale(batch, stepsPerEpoch, epochs, runSteps, Math.max(0, executed - recipe.skippedSteps()));
    }

    private static double runSteps(@Nullable RunLength length, double stepsPerEpoch, Recipe recipe) {
        return switch (length) {
            case null -> Double.NaN;
            case RunLength.Epochs given -> given.amount() * stepsPerEpoch;
            case RunLength.Steps given -> given.count();
            case RunLength.TokensSeen given -> given.amount() / recipe.tokensPerStep();
            case RunLength.SamplesSeen given -> given.amount() / recipe.samplesPerStep();
        };
    }

    private static long executed(@Nullable RunLength length, double stepsPerEpoch, double runSteps, boolean dropLast) {
        if (!(runSteps > 0)) {
            return 0;
        }
        double perEpoch = dropLast ? Math.floor(stepsPerEpoch) : Math.ceil(stepsPerEpoch);
        return length instanceof RunLength.Epochs given ? (long) Math.ceil(given.amount() * perEpoch) : ceil(runSteps);
    }

    /** 0 where the length is unknown. */
    private static long ceil(double runSteps) {
        return runSteps > 0 ? (long) Math.ceil(runSteps) : 0;
    }

    private static double orNaN(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }
}
