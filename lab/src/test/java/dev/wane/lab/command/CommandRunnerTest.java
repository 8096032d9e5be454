package dev.wane.lab.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wane.formats.experiment.CommandTaskSpec;
import dev.wane.formats.experiment.Experiment;
import dev.wane.formats.experiment.ExperimentReader;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.tree.TreeReader;
import dev.wane.lab.trial.CommandTrialSpec;
import dev.wane.lab.trial.TrialFailure;
import dev.wane.lab.trial.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: shell scripts in the place of a training script. */
class CommandRunnerTest {
    private static final Map<String, String> VALUES =
            Map.of("weightDecay", "0.1", "seed", "1", "batchSize", "50", "learningRate", "0.001");

    @TempDir
    Path folder;

    private Trialwatch watch;

    @BeforeEach
    void start() {
        watch = Trialwatch.start();
    }

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void theFigureThatTheProgramWroteIsTheResult() throws IOException {
        TrialResult result = run(
                "echo training; echo '{\"step\": 1, \"err\": 0.5}' > $1/m.jsonl; echo '{\"err\": '$2', \"test\": 0.3}' >> $1/m.jsonl",
                "{from: m.jsonl, name: err, test: test}");

        assertThat(result.metrics()).containsOnly(Map.entry("validation.err", 0.1), Map.entry("test.err", 0.3));
        assertThat(result.provenance().engine()).isEqualTo("command sh");
        assertThat(Files.readString(trial().resolve("output.log"))).isEqualTo("training\n");
    }

    @Test
    void theBestOrTheLastOfManyCounts() throws IOException {
        String script = "for e in 0.5 0.2 0.4; do echo \"epoch done: err=$e\"; done";
        assertThat(run(script, "{from: stdout-regex, name: err, pattern: 'err=(\\S+)'}")
                        .metric("validation.err"))
                .isEqualTo(0.4);
        assertThat(run(script, "{from: stdout-regex, name: err, pattern: 'err=(\\S+)', pick: best}")
                        .metric("validation.err"))
                .isEqualTo(0.2);
        assertThat(run(script, "{from: stdout-regex, name: err, pattern: 'err=(\\S+)', pick: best, mode: max}")
                        .metric("validation.err"))
                .isEqualTo(0.5);
    }

    @Test
    void aFigureThatIsNoNumberIsADivergedRun() throws IOException {
        assertThat(run("echo '{\"err\": NaN}' > $1/m.jsonl", "{from: m.jsonl, name: err}")
                        .diverged())
                .isTrue();
    }

    /** Loggers that write every column, and programs without a word for NaN. */
    @Test
    void nullIsNothingBetweenNumbersAndNoNumberAfterThem() throws IOException {
        String metric = "{from: m.jsonl, name: err}";
        assertThat(run("for e in null 0.5 null 0.25 null; do echo '{\"err\": '$e'}'; done > $1/m.jsonl", metric)
                        .metric("validation.err"))
                .isEqualTo(0.25);
        assertThat(run("for e in 0.5 0.25 null; do echo '{\"err\": '$e'}'; done > $1/m.jsonl", metric)
                        .diverged())
                .isTrue();
        failure("echo '{\"err\": null}' > $1/m.jsonl", metric).hasMessage("has nothing but null for 'err'");
    }

    @Test
    void aTableAndATrainersStateAreRead() throws IOException {
        assertThat(run("printf 'step,err\\n1,0.5\\n2,\\n3,0.25\\n' > $1/metrics.csv", "{from: csv, name: err}")
                        .metric("validation.err"))
                .isEqualTo(0.25);
        assertThat(run(
                                "for s in 5 10; do mkdir $1/checkpoint-$s; echo '{\"log_history\": [{\"eval_loss\": '$s', \"step\": 1}]}'"
                                        + " > $1/checkpoint-$s/trainer_state.json; done",
                                "{from: trainer_state.json, name: eval_loss}")
                        .metric("validation.eval_loss"))
                .isEqualTo(10);
    }

    @Test
    void aMissingFigureSaysWhatIsThere() {
        failure("echo '{\"loss\": 1}' > $1/m.jsonl", "{from: m.jsonl, name: err}")
                .hasMessage("has no 'err' in m.jsonl; it has loss");
        failure("true", "{from: m.jsonl, name: err}").hasMessageContaining("left no m.jsonl in");
        failure("echo 'a' > $1/a.csv; echo 'a' > $1/b.csv", "{from: csv, name: a}")
                .hasMessageContaining("left several tables");
    }

    @Test
    void aCrashIsAResultWithTheLastLines() {
        assertThatThrownBy(() -> run("echo one; echo Traceback >&2; exit 3", "{from: m.jsonl, name: err}"))
                .isInstanceOf(TrialFailure.class)
                .hasMessage("ended with 3")
                .satisfies(
                        failure -> assertThat(((TrialFailure) failure).tail()).isEqualTo("one\nTraceback"));
    }

    /** Killed from outside in its first attempt, it is run again, in an empty folder. */
    @Test
    void aTrialThatIsKilledIsRunOnceMore() throws IOException {
        TrialResult result = run(
                "if [ ! -e $1/../killed ]; then touch $1/../killed $1/left; kill -9 $$; fi;"
                        + " test ! -e $1/left && echo '{\"err\": 1}' > $1/m.jsonl",
                "{from: m.jsonl, name: err}");

        assertThat(result.metric("validation.err")).isEqualTo(1);
    }

    @Test
    void whatTakesTooLongIsEndedWithAllThatItStarted() throws IOException {
        assertThatThrownBy(() -> run("sleep 300 & echo $! > $1/../pid; sleep 300", "{from: m.jsonl, name: err}"))
                .isInstanceOf(TrialFailure.class)
                .hasMessage("took longer than its timeout of 2 s");
        assertThat(isAlive(folder.resolve("trials/pid"))).isFalse();
    }

    /** Its own process has ended, and what it started went to another parent. */
    @Test
    void whatATrialLeavesRunningIsEnded() throws IOException {
        run("sleep 300 & echo $! > $1/../pid; echo '{\"err\": 1}' > $1/m.jsonl", "{from: m.jsonl, name: err}");
        assertThat(isAlive(folder.resolve("trials/pid"))).isFalse();
    }

    @Test
    void whatAKilledTrialLeavesRunningIsEndedBeforeTheNextAttempt() throws IOException {
        run(
                "if [ ! -e $1/../killed ]; then sleep 300 & echo $! > $1/../pid; touch $1/../killed; kill -9 $$; fi;"
                        + " kill -0 $(cat $1/../pid) 2>/dev/null && exit 7; echo '{\"err\": 1}' > $1/m.jsonl",
                "{from: m.jsonl, name: err}");
        assertThat(isAlive(folder.resolve("trials/pid"))).isFalse();
    }

    /** With the best epoch of the validation set, and not with its own. */
    @Test
    void theTestFigureIsThatOfTheBestEpoch() throws IOException {
        TrialResult result = run(
                "printf 'step,val,test\\n1,0.5,0.05\\n2,0.1,0.2\\n3,0.3,0.6\\n' > $1/metrics.csv",
                "{from: csv, name: val, test: test, pick: best}");
        assertThat(result.metrics()).containsOnly(Map.entry("validation.val", 0.1), Map.entry("test.val", 0.2));
    }

    @Test
    void aStatusThatIsNoSignalIsNoSignal() {
        failure("exit 255", "{from: m.jsonl, name: err}").hasMessage("ended with 255");
    }

    @Test
    void anInfiniteFigureInTheOutputIsADivergedRun() throws IOException {
        assertThat(run("echo err=inf", "{from: stdout-regex, name: err, pattern: 'err=(.*)'}")
                        .diverged())
                .isTrue();
        failure("echo err=none", "{from: stdout-regex, name: err, pattern: 'err=(.*)'}")
                .hasMessage("has 'none' in its output where the figure should be");
    }

    @Test
    void whatIsCancelledIsEnded() throws IOException {
        AtomicBoolean cancelled = new AtomicBoolean();
        Thread.ofVirtual().start(() -> {
            waitFor(folder.resolve("trials/pid"));
            cancelled.set(true);
        });
        assertThatThrownBy(() -> runner("echo $$ > $1/../pid; sleep 300", "{from: m.jsonl, name: err}")
                        .run(spec(), cancelled::get))
                .isInstanceOf(CancellationException.class);
        assertThat(isAlive(folder.resolve("trials/pid"))).isFalse();
    }

    /** The janitor's input ends with the process that holds it, however that ended. */
    @Test
    void nothingOutlivesTheWatch() throws IOException {
        Process left = new ProcessBuilder("sh", "-c", "sleep 300 & wait").start();
        watch.add(left.toHandle(), "none");
        watch.close();

        assertThat(left.toHandle().isAlive()).isFalse();
        assertThat(left.toHandle().descendants()).isEmpty();
    }

    @Test
    void whatAProgramWritesIsKeptUpToALimit() throws IOException {
        TrialResult result = run(
                "head -c 30000000 /dev/zero; echo; echo err=2", "{from: stdout-regex, name: err, pattern: 'err=(.*)'}");

        assertThat(result.metric("validation.err")).isEqualTo(2);
        assertThat(Files.size(trial().resolve("output.log"))).isBetween(16L << 20, (16L << 20) + (1 << 17));
    }

    @Test
    void aShellGetsItsValuesQuoted() throws IOException {
        Files.writeString(
                folder.resolve("e.yaml"),
                experiment(
                        "shell: true, command: 'echo {seed} {batchSize} {weightDecay} && echo err=1 > {dir}/o; cat {dir}/o'",
                        "{from: stdout-regex, name: err, pattern: 'err=(.*)'}"));
        CommandTaskSpec task = task();
        TrialResult result = new CommandRunner(task, read().metric(), folder.resolve("with ' quote"), 1, watch)
                .run(spec(), () -> false);

        assertThat(result.metric("validation.err")).isEqualTo(1);
    }

    @Test
    void aProgramThatIsNotThereIsNamedBeforeAnythingStarts() throws IOException {
        Files.writeString(
                folder.resolve("e.yaml"),
                experiment(
                        "command: 'no-such-program {dir} {weightDecay} {batchSize} {seed}'",
                        "{from: m.jsonl, name: e}"));

        assertThatThrownBy(() -> CommandRunner.check(task()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no program 'no-such-program'");
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> failure(String script, String metric) {
        return assertThatThrownBy(() -> run(script, metric)).isInstanceOf(TrialFailure.class);
    }

    private TrialResult run(String script, String metric) throws IOException {
        return runner(script, metric).run(spec(), () -> false);
    }

    private CommandRunner runner(String script, String metric) throws IOException {
        Files.writeString(folder.resolve("t.sh"), script + "\n");
        Files.writeString(
                folder.resolve("e.yaml"),
                experiment("command: \"sh t.sh {dir} {weightDecay} {batchSize} {seed}\"", metric));
        return new CommandRunner(task(), read().metric(), folder.resolve("trials"), 1, watch);
    }

    private static String experiment(String command, String metric) {
        return "{name: e, task: {" + command + ", metric: " + metric + ", samples: 1000, timeout: 2s},"
                + " base: {optimizer: adamw, learningRate: 1e-3, batchSize: 50, epochs: 1},"
                + " tune: {weightDecay: {from: 0.1, to: 1, factor: 2}},"
                + " targets: [{batchSize: 100, learningRateRule: constant}], margin: 0.1}";
    }

    private Experiment read() {
        return ExperimentReader.read(TreeReader.read(folder.resolve("e.yaml")), Map.of());
    }

    private CommandTaskSpec task() {
        return (CommandTaskSpec) read().task();
    }

    private CommandTrialSpec spec() {
        return new CommandTrialSpec(1, List.of("sh"), false, Map.of(), Map.of(), "m", VALUES, 50, 20);
    }

    private Path trial() {
        return folder.resolve("trials").resolve(spec().id().substring(0, 12));
    }

    private static boolean isAlive(Path pid) throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                .map(ProcessHandle::isAlive)
                .orElse(false);
    }

    private static void waitFor(Path file) {
        while (!Files.exists(file)) {
            Thread.onSpinWait();
        }
    }
}
