package dev.wane.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wane.framework.Registry;
import org.junit.jupiter.api.Test;

class TrainingScaleTest {
    @Test
    void epochsRunWholeBatches() {
        TrainingScale keepLast = TrainingScale.of(recipe(128.0, 50_000.0, new RunLength.Epochs(2), false));
        TrainingScale dropLast = TrainingScale.of(recipe(128.0, 50_000.0, new RunLength.Epochs(2), true));

        assertThat(keepLast.stepsPerEpoch()).isEqualTo(390.625);
        assertThat(keepLast.runSteps()).isEqualTo(781.25);
        assertThat(keepLast.executedSteps()).isEqualTo(782);
        assertThat(dropLast.executedSteps()).isEqualTo(780);
    }

    @Test
    void stepsAreTakenAsGiven() {
        TrainingScale scale = TrainingScale.of(recipe(100.0, 1000.0, new RunLength.Steps(25), false));

        assertThat(scale.executedSteps()).isEqualTo(25);
        assertThat(scale.epochs()).isEqualTo(2.5);
    }

    @Test
    void tokensNeedASequenceLengthWhereTheBatchCountsSamples() {
        Recipe samples = recipe(512.0, null, new RunLength.TokensSeen(1e9), false);

        assertThat(TrainingScale.of(samples).executedSteps()).isZero();
    }

    @Test
    void missingInputsAreNaN() {
        TrainingScale scale = TrainingScale.of(recipe(null, null, null, false));

        assertThat(scale.stepsPerEpoch()).isNaN();
        assertThat(scale.runSteps()).isNaN();
        assertThat(scale.executedSteps()).isZero();
    }

    @Test
    void rangesAreChecked() {
        assertThatThrownBy(() -> recipe(-1.0, null, null, false))
                .hasMessage("batchSize must be finite and > 0, got -1.0");
        assertThatThrownBy(() -> new RunLength.Epochs(Double.POSITIVE_INFINITY))
                .hasMessage("epochs must be finite and > 0, got Infinity");
        assertThatThrownBy(() -> new Betas(0.9, 1)).hasMessage("betas: second must be in [0, 1), got 1.0");
    }

    /** Sizes in tokens have no batches to round: E·M = 3 · (1e6/3e5) = 10 steps. */
    @Test
    void tokensAreNotRoundedPerEpoch() {
        Recipe tokens = Recipe.of(Registry.get("torch", "adamw"))
                .batchSize(3e5)
                .datasetSize(1e6)
                .unit(Recipe.Unit.TOKENS)
                .length(new RunLength.Epochs(3))
                .build();

        assertThat(TrainingScale.of(tokens).executedSteps()).isEqualTo(10);
    }

    /** A step that a loss scaler skips does not decay. */
    @Test
    void skippedStepsDoNotCount() {
        Recipe recipe = recipe(100.0, 1000.0, new RunLength.Epochs(3), false);

        assertThat(TrainingScale.of(recipe.but().skippedSteps(4).build()).executedSteps())
                .isEqualTo(26);
        assertThatThrownBy(() -> recipe.but().skippedSteps(-1).build()).hasMessage("skippedSteps must be >= 0, got -1");
    }

    /** B = micro-batch · accumulation · replicas. */
    @Test
    void aBatchIsTheProductOfItsParts() {
        Recipe recipe = recipe(null, null, null, false)
                .but()
                .batchParts(new BatchParts(16, 4, 8))
                .build();

        assertThat(recipe.batchSize()).isEqualTo(512);
        assertThat(recipe.but().batchSize(64.0).build().batchParts()).isNull();
        assertThatThrownBy(() -> new BatchParts(16, 0, 8))
                .hasMessage("accumulation and replicas must be >= 1, got 0 and 8");
    }

    /** Over as many samples, in steps κ times as long, an average forgets as much: (ρ^κ)^(1/κ) = ρ. */
    @Test
    void aModelAverageKeepsItsSamples() {
        ModelEma average = new ModelEma(0.9999);

        assertThat(Math.pow(average.scaled(8).momentum(), 1.0 / 8)).isCloseTo(0.9999, within(1e-15));
        assertThat(average.timescaleSteps()).isCloseTo(10_000, within(1e-6));
        assertThatThrownBy(() -> new ModelEma(1)).hasMessage("modelEma must be in [0, 1), got 1.0");
    }

    private static Recipe recipe(Double batch, Double data, RunLength length, boolean dropLast) {
        return Recipe.of(Registry.get("torch", "adamw"))
                .batchSize(batch)
                .datasetSize(data)
                .length(length)
                .dropLast(dropLast)
                .build();
    }
}
