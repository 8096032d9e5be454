package dev.wane.formats.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.tree.TreeReader;
import dev.wane.model.ExternalModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTaskReaderTest {
    private static final String COMMAND =
            "python train.py --lr {learningRate} --wd {weightDecay} --batch {batchSize}" + " --seed {seed} --out {dir}";

    @TempDir
    Path folder;

    @Test
    void aTaskOfOnesOwnHasItsParts() throws IOException {
        Experiment experiment = read("""
                name: mine
                task:
                  command: "%s --name 'two words' --set a={{b}}"
                  metric: {from: metrics.jsonl, name: accuracy, mode: max, unit: share}
                  samples: 50000
                  workers: 2
                  timeout: 10m
                  environment: {OMP_NUM_THREADS: 1, CUDA_VISIBLE_DEVICES: "{worker}"}
                base: {framework: torch, optimizer: sgd, momentum: 0.9, learningRate: 0.1, batchSize: 128, epochs: 30}
                tune: {weightDecay: {from: 1e-5, to: 1e-3, factor: 4}}
                targets: [{batchSize: 1024}]
                margin: 0.002
                """.formatted(COMMAND));

        CommandTaskSpec task = (CommandTaskSpec) experiment.task();
        assertThat(task.command()).extracting(Template::text).endsWith("--name", "two words", "--set", "a={{b}}");
        assertThat(task.command().getLast().fill(Map.of(), UnaryOperator.identity()))
                .isEqualTo("a={b}");
        assertThat(task.placeholders())
                .containsExactly("learningRate", "weightDecay", "batchSize", "seed", "dir", "worker");
        assertThat(task.timeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(task.folder()).isEqualTo(folder);
        assertThat(experiment.metric()).isEqualTo(new Metric("accuracy", Metric.Unit.SHARE, true, false));
        assertThat(experiment.metric().judged(0.9)).isEqualTo(-0.9);
        assertThat(experiment.models()).containsExactly(new ExternalModel("mine", null));
        assertThat(experiment.base().optimizer().id()).isEqualTo("sgd");
    }

    /** A shell would end the quotes at the value's own, and run what is in it. */
    @Test
    void placeholdersInsideAShellsQuotesAreSeen() {
        assertThat(ShellQuotes.placeholdersInside("a {b} \"$HOME {model}\" '{dir}/x' \\\"{seed} {{c}}"))
                .containsExactly("model", "dir");
    }

    /** A quantity that the study changes and the program is not told would make all trials equal. */
    @Test
    void everyProblemIsSaidAtOnce() {
        assertThatThrownBy(() -> read("""
                name: mine
                task:
                  command: python train.py --lr {learningrate}
                  metric: {from: metrics.txt, name: accuracy, mode: most}
                  samples: 50000
                  timeout: soon
                  folder: nowhere
                  worker: 2
                model: {name: net, norm: bath}
                metric: error
                base: {optimizer: adamw, learningRate: 0.1, batchSize: 128}
                tune: {weightDecay: {from: 1e-5, to: 1e-3, factor: 4}}
                targets: [{batchSize: 1024}]
                """))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("unknown placeholder {learningrate}; did you mean {learningRate}?")
                .hasMessageContaining("from must be NAME.jsonl")
                .hasMessageContaining("unknown mode 'most'")
                .hasMessageContaining("timeout must be a number of seconds")
                .hasMessageContaining("nowhere is none")
                .hasMessageContaining("unknown key 'worker' in task; did you mean 'workers'?")
                .hasMessageContaining("unknown norm 'bath'; did you mean 'batch'?")
                .hasMessageContaining("a program's metric stands in its task")
                .hasMessageContaining("base needs the key 'epochs'");
    }

    @Test
    void aCommandMustBeToldWhatTheStudyChanges() {
        assertThatThrownBy(() -> read("""
                name: mine
                task: {command: python train.py, metric: {from: csv, name: loss}, samples: 50000}
                base: {optimizer: adamw, learningRate: 0.1, batchSize: 128, epochs: 3}
                tune: {weightDecay: {from: 1e-5, to: 1e-3, factor: 4}}
                targets: [{batchSize: 1024}, {epochs: 6}]
                """))
                .hasMessageContaining("must hold {weightDecay}")
                .hasMessageContaining("must hold {seed}")
                .hasMessageContaining("must hold {dir}")
                .hasMessageContaining("must hold {batchSize}")
                .hasMessageContaining("must hold {learningRate}")
                .hasMessageContaining("must hold {epochs} or {steps}")
                .hasMessageContaining("needs the key 'margin'");
    }

    @Test
    void wordsAreCutAsAShellCutsThem() {
        assertThat(CommandTaskReader.words("a 'b c' \"d \\\" e\" f\\ g --x=\"1 2\"3 ''"))
                .containsExactly("a", "b c", "d \" e", "f g", "--x=1 23", "");
    }

    private Experiment read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("e.yaml"), text);
        return ExperimentReader.read(TreeReader.read(file), Map.of());
    }
}
