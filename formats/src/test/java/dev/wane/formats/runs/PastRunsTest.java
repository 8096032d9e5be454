package dev.wane.formats.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wane.formats.problem.InputException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PastRunsTest {
    @TempDir
    Path folder;

    @Test
    void aTableIsARunARow() throws Exception {
        RunSet set = PastRuns.read(file("""
                Name,State,lr,weight_decay,val/loss
                brave-1,finished,1e-3,0.1,2.5
                brave-2,crashed,1e-3,,
                brave-3,finished,0.002,0.2,NaN
                """, "runs.csv"));

        assertThat(set.kind()).isEqualTo("table");
        assertThat(set.runs()).extracting(PastRun::name).containsExactly("brave-1", "brave-2", "brave-3");
        assertThat(set.runs()).extracting(PastRun::finished).containsExactly(true, false, true);
        assertThat(set.runs().get(0).settings())
                .containsExactly(
                        Map.entry("lr", "1e-3"), Map.entry("weight_decay", "0.1"), Map.entry("val/loss", "2.5"));
        assertThat(set.runs().get(1).figures()).containsOnlyKeys("lr");
        assertThat(set.runs().get(2).figures().get("val/loss").last()).isNaN();
    }

    @Test
    void jsonIsATableTooInLinesOrAsOneArray() throws Exception {
        String run = "{\"id\": \"a\", \"config\": {\"optim\": {\"lr\": 1e-3}, \"betas\": [0.9, 0.95]}, \"loss\": NaN}";
        for (Path source :
                new Path[] {file(run + "\n" + run + "\n", "r.jsonl"), file("[" + run + "," + run + "]", "r.json")}) {
            assertThat(PastRuns.read(source).runs()).hasSize(2).allSatisfy(read -> {
                assertThat(read.name()).isEqualTo("a");
                assertThat(read.settings()).containsEntry("config.optim.lr", "0.001");
                assertThat(read.figures().get("loss").last()).isNaN();
            });
        }
    }

    @Test
    void aFolderOfWandbIsReadWithoutItsWrapping() throws Exception {
        PastRun run = only("wandb", "W&B");

        assertThat(run.settings())
                .containsExactly(
                        Map.entry("learning_rate", "0.001"),
                        Map.entry("optimizer", "AdamW"),
                        Map.entry("optim.weight_decay", "0.1"),
                        Map.entry("optim.betas", "[0.9, 0.95]"));
        assertThat(run.figures()).containsOnlyKeys("val/loss", "best.val/acc");
    }

    @Test
    void mlflowKeepsAFileForEachFigureWithItsWay() throws Exception {
        PastRun run = only("mlruns", "MLflow");

        assertThat(run.name()).isEqualTo("brave-cod-1");
        assertThat(run.finished()).isTrue();
        assertThat(run.settings()).containsExactly(Map.entry("lr", "0.001"), Map.entry("weight_decay", "0.1"));
        assertThat(run.figures()).containsExactly(Map.entry("val/loss", new Extent(0.3, 0.25, 0.5)));
    }

    /** The last checkpoint's state; its peak learning rate stands for the one that its pickle of arguments holds. */
    @Test
    void aTrainersFolderIsReadFromItsLastCheckpoint() throws Exception {
        PastRun run = only("hf", "Hugging Face");

        assertThat(run.name()).isEqualTo("out-wd01");
        assertThat(run.settings())
                .containsEntry("weight_decay", "0.1")
                .containsEntry("learning_rate", "5.0E-5")
                .containsEntry("per_device_train_batch_size", "8");
        assertThat(run.figures().get("eval_loss")).isEqualTo(Extent.of(2.25));
        assertThat(run.figures().get("loss").last()).isNaN();
    }

    @Test
    void aTrainerThatStoppedBeforeItsEndIsNotFinished() throws Exception {
        Path state = Files.createDirectories(folder.resolve("out")).resolve("trainer_state.json");
        Files.writeString(
                state,
                "{\"global_step\": 100, \"max_steps\": 1000, \"log_history\": [{\"step\": 100, \"loss\": NaN}]}");
        assertThat(PastRuns.read(folder).runs().getFirst().finished()).isFalse();
        Files.writeString(state, Files.readString(state).replace("\": 100,", "\": 1000,"));
        assertThat(PastRuns.read(folder).runs().getFirst().finished()).isTrue();
    }

    @Test
    void aRunThatMlflowDeletedIsNone() throws Exception {
        for (String stage : List.of("active", "deleted")) {
            Path run = Files.createDirectories(folder.resolve("0").resolve(stage));
            Files.createDirectories(run.resolve("params"));
            Files.createDirectories(run.resolve("metrics"));
            Files.writeString(run.resolve("meta.yaml"), "run_name: " + stage + "\nlifecycle_stage: " + stage + "\n");
            Files.writeString(run.resolve("metrics/loss"), "1 0.5 1\n");
        }
        assertThat(PastRuns.read(folder).runs()).extracting(PastRun::name).containsExactly("active");
    }

    /** Written by Lightning 2.6. */
    @Test
    void lightningsVersionsAreRuns() throws Exception {
        RunSet set = PastRuns.read(resource("lightning"));

        assertThat(set.runs())
                .extracting(PastRun::name)
                .containsExactly("sweep/version_0", "sweep/version_1", "sweep/version_2");
        assertThat(set.runs().get(1).settings())
                .containsEntry("weight_decay", "0.3")
                .containsEntry("lr", "0.001")
                .containsEntry("batch_size", "20");
        assertThat(set.runs().get(0).figures().get("val_error").last()).isEqualTo(0.3096899390220642);
    }

    /** Written by tensorboardX 2.6. */
    @Test
    void tensorBoardsHparamsAreSettings() throws Exception {
        RunSet set = PastRuns.read(resource("tensorboard"));

        assertThat(set.kind()).isEqualTo("TensorBoard hparams");
        assertThat(set.runs()).extracting(PastRun::name).containsExactlyInAnyOrder("run0", "run1", "run2");
        assertThat(set.runs())
                .extracting(run -> run.settings().get("weight_decay"))
                .containsExactlyInAnyOrder("0.1", "0.3", "1.0");
        assertThat(set.runs()).allSatisfy(run -> {
            assertThat(run.settings()).containsEntry("optimizer", "AdamW").containsEntry("amp", "true");
            assertThat(run.figures()).containsKey("val/error");
        });
    }

    @Test
    void whatIsBrokenIsNamedWithItsPlace() throws Exception {
        refused(file("lr,lr\n1,2\n", "a.csv"), "a.csv:1:1: has columns of the same name: lr");
        refused(file("lr,wd\n1\n", "b.csv"), "b.csv: is no table");
        refused(file("{\"lr\": 1}\n{\"lr\"\n", "c.jsonl"), "c.jsonl:2:1: is no JSON");
        refused(file("[1]", "d.json"), "d.json: must be an array of objects");
        refused(file("lr,wd\n", "e.csv"), "e.csv: holds no runs");
        refused(file("x", "f.bin"), "f.bin: is no table of runs");
        refused(folder.resolve("none"), "none: no such file or folder");
        refused(Files.createDirectory(folder.resolve("empty")), "empty: holds no runs of W&B");
    }

    @Test
    void everyBrokenRunOfAFolderIsNamed() throws Exception {
        for (String name : new String[] {"a", "b"}) {
            Path metrics = Files.createDirectories(folder.resolve("m/" + name + "/metrics"));
            Files.createDirectories(folder.resolve("m/" + name + "/params"));
            Files.writeString(folder.resolve("m/" + name + "/meta.yaml"), "status: 3\n");
            Files.writeString(metrics.resolve("loss"), "17 abc 1\n");
        }

        assertThatThrownBy(() -> PastRuns.read(folder.resolve("m")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a/metrics/loss: must hold lines of time, value and step, got '17 abc 1'")
                .hasMessageContaining("b/metrics/loss: must hold");
    }

    private static void refused(Path source, String message) {
        assertThatThrownBy(() -> PastRuns.read(source))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    private static PastRun only(String name, String kind) throws URISyntaxException {
        RunSet set = PastRuns.read(resource(name));
        assertThat(set.kind()).isEqualTo(kind);
        assertThat(set.runs()).hasSize(1);
        return set.runs().getFirst();
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(
                Objects.requireNonNull(PastRunsTest.class.getResource(name)).toURI());
    }

    private Path file(String text, String name) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }
}
