package dev.wane.formats.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.tree.TreeReader;
import dev.wane.model.ModelSpec;
import dev.wane.model.Normalization;
import dev.wane.recipe.LearningRateRule;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentReaderTest {
    private static final String TEXT = """
            name: fashion-batch
            task: {data: fashion-mnist, samples: 10000, validation: 10000, labelNoise: 0.3}
            model:
              - {kind: mlp, norm: layer, width: 128, depth: 2}
              - {kind: mlp, norm: scale-invariant, width: 64, depth: 3, gainLearningRate: 1e-2}
            base: {optimizer: adamw, learningRate: 1e-3, batchSize: 50, epochs: 20, schedule: {kind: cosine}}
            tune: {weightDecay: {from: 0.1, to: 12.8, factor: 2}, extend: 1}
            targets:
              - {batchSize: 400, learningRateRule: constant}
              - {learningRate: 4e-3, initializationScale: 4, datasetSize: 2500, epochs: 10}
            seeds: {tune: 3, confirm: 5}
            metric: calibratedNll
            margin: 0.01
            """;

    @Test
    void everyKeyIsMapped() {
        Experiment experiment = read(TEXT);

        assertThat(experiment.name()).isEqualTo("fashion-batch");
        assertThat(experiment.task()).isEqualTo(new ImageTaskSpec("fashion-mnist", 10_000, 10_000, 0.3));
        assertThat(experiment.models())
                .containsExactly(
                        new ModelSpec(Normalization.LAYER, 128, 2, 1e-3),
                        new ModelSpec(Normalization.SCALE_INVARIANT, 64, 3, 1e-2));
        assertThat(experiment.base().datasetSize()).isEqualTo(10_000);
        assertThat(experiment.tuning()).isEqualTo(new Tuning(0.1, 12.8, 2, 1));
        assertThat(experiment.tuning().places()).hasSize(8);
        assertThat(experiment.targets().get(0).change().learningRateRule()).isEqualTo(LearningRateRule.CONSTANT);
        assertThat(experiment.targets().get(1).initializationScale()).isEqualTo(4);
        assertThat(experiment.targets().get(1).change().datasetSize()).isEqualTo(2500);
        assertThat(experiment.seeds()).isEqualTo(new SeedCounts(3, 5));
        assertThat(experiment.metric()).isEqualTo(Metric.CALIBRATED_NLL);
        assertThat(experiment.margin()).isEqualTo(0.01);
    }

    @Test
    void defaults() {
        Experiment experiment = read(TEXT.replaceAll("(?m)^(seeds|metric|margin):.*$", ""));

        assertThat(experiment.seeds()).isEqualTo(new SeedCounts(2, 8));
        assertThat(experiment.metric()).isEqualTo(Metric.ERROR);
        assertThat(experiment.margin()).isEqualTo(0.0025);
    }

    @Test
    void aSingleModelIsAnAxisOfOne() {
        Experiment experiment = read(TEXT.replaceAll("(?s)model:.*base:", "model: {norm: none}\nbase:"));

        assertThat(experiment.models()).containsExactly(new ModelSpec(Normalization.NONE, 128, 2, 1e-3));
    }

    @Test
    void quickHasFewerSeedsAndACoarserGrid() {
        Experiment quick = read(TEXT).quick();

        assertThat(quick.seeds()).isEqualTo(new SeedCounts(1, 3));
        assertThat(quick.tuning().places()).hasSize(4);
    }

    /** A base that cannot be read still has a batch. */
    @Test
    void aBatchLargerThanTheDataIsSaidBesideOtherProblems() {
        assertThatThrownBy(() -> read(TEXT.replace("batchSize: 50,", "batchSize: 20000, warmup: 3,")))
                .hasMessageContaining("unknown key 'warmup' in base")
                .hasMessageContaining("batchSize must be a whole number no larger than the data set of 10000 samples");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: fashion-batch | name: ../up | name must be 1 to 64 letters",
                "data: fashion-mnist | data: fashion | unknown data 'fashion'; did you mean 'fashion-mnist'?",
                "samples: 10000 | samples: 55000 | exceed the 60000 training samples of fashion-mnist",
                "samples: 10000 | samples: 5 | samples must be a whole number from 10 to 60000",
                "validation: 10000 | validation: -1 | validation must be",
                "schedule: {kind: cosine} | schedule: {kind: cosine, warmupSteps: 9999} | warmupSteps 9999 is longer than the run of 4000 steps",
                "samples: 10000, validation: 10000 | samples: 59985, validation: 15 | exceed the 60000 training samples",
                "to: 12.8 | to: 0.36 | the grid must have 3 to 40 values",
                "labelNoise: 0.3 | labelNoise: 1 | labelNoise must be in [0, 1), got 1",
                "norm: layer | norm: batch | unknown norm 'batch'",
                "kind: mlp | kind: cnn | unknown kind 'cnn'",
                "width: 128 | width: 0 | width must be a whole number from 1 to 4096",
                "depth: 2 | depth: two | depth must be a number",
                "gainLearningRate: 1e-2 | gainLearningRate: 0 | gainLearningRate must be finite and > 0",
                "optimizer: adamw | optimizer: sgd | experiments train with torch adamw, got torch sgd",
                "learningRate: 1e-3 | learningRate: .inf | learningRate must be finite and > 0, got .inf",
                "batchSize: 50 | batchSize: 20000 | no larger than the data set of 10000 samples, got 20000",
                "batchSize: 400 | batchSize: 20000 | no larger than the data set of 10000 samples, got 20000",
                "batchSize: 50 | batchSize: 50.5 | batchSize must be a whole number",
                "epochs: 20 | epochs: 2.5 | epochs of an experiment must be a whole number, got 2.5",
                "epochs: 20 | momentum: 20 | unknown key 'momentum' in base",
                "epochs: 20 | eps: 1e-8 | base needs the key 'epochs'",
                "from: 0.1 | from: 0 | from must be finite and > 0, got 0",
                "to: 12.8 | to: 0.05 | the grid must have 3 to 40 values",
                "factor: 2 | factor: 1 | factor must be finite and > 1, got 1",
                "extend: 1 | extend: 99 | extend must be a whole number from 0 to 10",
                "batchSize: 400, learningRateRule: constant | foo: 1 | unknown key 'foo' in a target",
                "learningRateRule: constant | learningRateRule: cubic | unknown learningRateRule 'cubic'",
                "learningRate: 4e-3 | learningRate: 4e-3, learningRateRule: sqrt | give learningRate or learningRateRule, not both",
                "initializationScale: 4 | initializationScale: 0 | initializationScale must be finite and > 0",
                "datasetSize: 2500 | datasetSize: 99999 | datasetSize must be a whole number from 10 to 10000",
                "tune: 3 | tune: 0 | tune must be a whole number from 1 to 1000",
                "confirm: 5 | confirm: 1 | confirm must be a whole number from 2 to 1000",
                "metric: calibratedNll | metric: accuracy | unknown metric 'accuracy'",
                "margin: 0.01 | margin: -1 | margin must be finite and > 0, got -1",
                "margin: 0.01 | margins: 1 | unknown key 'margins' in an experiment; did you mean 'margin'?"
            })
    void wrongInputIsNamed(String right, String wrong, String message) {
        assertThat(TEXT).contains(right);
        assertThatThrownBy(() -> read(TEXT.replaceFirst(java.util.regex.Pattern.quote(right), wrong)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void missingPartsAreAllNamed() {
        assertThatThrownBy(() -> read("{}"))
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.problems()).hasSize(6));
    }

    private static Experiment read(String yaml) {
        return ExperimentReader.read(TreeReader.parse("e.yaml", yaml), Map.of("fashion-mnist", 60_000));
    }
}
