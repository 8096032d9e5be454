package dev.wane.formats.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wane.formats.log.Events;
import dev.wane.formats.problem.InputException;
import dev.wane.framework.Registry;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.watch.Sample;
import dev.wane.watch.WatchedRun;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFollowerTest {
    @TempDir
    Path folder;

    /** A writer that appends byte by byte while it is read: records are cut anywhere, and none is lost or read twice. */
    @Test
    void eventsAreReadWhileTheyAreWritten() throws IOException {
        Path log = Files.createFile(folder.resolve("events.out.tfevents.1"));
        int count = 2000;
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(log, count));
        RunFollower follower = new RunFollower(List.of(log), Map.of());
        while (!writer.isDone()) {
            follower.poll();
        }
        writer.join();
        follower.poll();

        List<Sample> samples = follower.run(null).trainLoss().orElseThrow().samples();
        assertThat(samples).hasSize(count);
        assertThat(samples.getLast()).isEqualTo(new Sample(count, 1 + (count & 7)));
        assertThat(follower.run(null).restarts()).isEmpty();
    }

    /** A probe counts from 1, and the loop that logs a loss beside it from 0. */
    @Test
    void twoWaysOfCountingAreNoRestart() throws IOException {
        Path log = Files.writeString(folder.resolve("a.jsonl"), """
                {"step": 1, "groups": [{"lr": 0.1}]}
                {"step": 0, "metrics": {"loss": 2}}
                {"step": 11, "groups": [{"lr": 0.1}]}
                {"step": 10, "metrics": {"loss": 1}}
                """);
        RunFollower follower = new RunFollower(List.of(log), Map.of());
        follower.poll();

        assertThat(follower.run(null).restarts()).isEmpty();
    }

    private static void write(Path log, int count) {
        try (OutputStream out = Files.newOutputStream(log, StandardOpenOption.APPEND)) {
            for (int step = 1; step <= count; step++) {
                byte[] record = Events.scalar(step, "train/loss", 1 + (step & 7));
                int cut = step % record.length;
                out.write(record, 0, cut);
                out.flush();
                out.write(record, cut, record.length - cut);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void linesAndTablesAreReadAsTheyComeToTheirEnd() throws IOException {
        Path lines = Files.writeString(folder.resolve("m.jsonl"), "{\"step\": 1, \"loss\": 3}\n{\"step\": 2, ");
        Path table = Files.writeString(folder.resolve("metrics.csv"), "step,val_loss\n1,4\n2,");
        RunFollower follower = new RunFollower(List.of(lines, table), Map.of());
        assertThat(follower.poll()).isTrue();
        assertThat(follower.poll()).isFalse();
        assertThat(loss(follower)).containsExactly(new Sample(1, 3));

        Files.writeString(lines, "\"loss\": 2}\n", StandardOpenOption.APPEND);
        Files.writeString(table, "3.5\n3,3\n", StandardOpenOption.APPEND);
        assertThat(follower.poll()).isTrue();

        assertThat(loss(follower)).containsExactly(new Sample(1, 3), new Sample(2, 2));
        assertThat(follower.run(null).heldOutLoss().orElseThrow().samples())
                .containsExactly(new Sample(1, 4), new Sample(2, 3.5), new Sample(3, 3));
    }

    @Test
    void aStateThatIsWrittenAnewAddsItsNewEntries() throws IOException {
        Path state = folder.resolve("trainer_state.json");
        RunFollower follower = new RunFollower(List.of(state), Map.of());
        state(state, "{\"log_history\": [{\"step\": 10, \"loss\": 3}]}", 100);
        follower.poll();
        state(state, "{\"log_history\": [{\"step\": 10, \"loss\": 3}, {\"st", 90);
        Files.setLastModifiedTime(state, FileTime.from(Instant.now()));
        assertThat(follower.poll()).isFalse();
        state(state, "{\"log_history\": [{\"step\": 10, \"loss\": 3}, {\"step\": 20, \"loss\": 2}]}", 80);
        follower.poll();

        assertThat(loss(follower)).containsExactly(new Sample(10, 3), new Sample(20, 2));

        state(state, "{\"log_history\": [", 70);
        assertThatThrownBy(follower::poll).isInstanceOf(InputException.class).hasMessageContaining("is no JSON");
    }

    /** Each checkpoint holds the history up to it; old ones are deleted while the run goes on. */
    @Test
    void ofCheckpointsTheLastOneIsFollowed() throws IOException {
        state(checkpoint(500), "{\"log_history\": [{\"step\": 500, \"loss\": 3}]}", 300);
        state(
                checkpoint(1000),
                "{\"log_history\": [{\"step\": 500, \"loss\": 3}, {\"step\": 1000, \"loss\": 2}]}",
                200);
        RunFollower follower = new RunFollower(List.of(folder), Map.of());
        follower.poll();
        assertThat(loss(follower)).containsExactly(new Sample(500, 3), new Sample(1000, 2));

        Files.delete(checkpoint(500));
        state(
                checkpoint(1500),
                "{\"log_history\": [{\"step\": 500, \"loss\": 3}, {\"step\": 1000, \"loss\": 2}, {\"step\": 1500, \"loss\": 1}]}",
                100);
        follower.poll();
        assertThat(loss(follower)).containsExactly(new Sample(500, 3), new Sample(1000, 2), new Sample(1500, 1));
        assertThat(follower.run(null).restarts()).isEmpty();
    }

    private Path checkpoint(int step) throws IOException {
        return Files.createDirectories(folder.resolve("checkpoint-" + step)).resolve("trainer_state.json");
    }

    /** Lightning's logger, when a key comes up for the first time. */
    @Test
    void aTableThatIsWrittenAnewWithMoreColumnsIsReadAnew() throws IOException {
        Path table = Files.writeString(folder.resolve("metrics.csv"), "epoch,step,train_loss\n0,1,4\n0,2,3\n");
        RunFollower follower = new RunFollower(List.of(table), Map.of());
        follower.poll();
        Files.writeString(table, "epoch,lr-AdamW,step,train_loss\n0,,1,4\n0,,2,3\n1,0.001,3,2\n");
        follower.poll();

        assertThat(loss(follower)).containsExactly(new Sample(1, 4), new Sample(2, 3), new Sample(3, 2));
        assertThat(follower.run(null).learningRate().orElseThrow().last()).isEqualTo(new Sample(3, 0.001));
        assertThat(follower.run(null).restarts()).isEmpty();
    }

    @Test
    void logsOfOneKindInTwoFoldersAreToldApart() throws IOException {
        for (String version : List.of("version_0", "version_1")) {
            Path log = Files.createDirectories(folder.resolve(version)).resolve("metrics.csv");
            Files.writeString(log, "step,train_loss\n1,4\n2," + version.charAt(8) + "\n");
        }
        WatchedRun run = read(new RunFollower(List.of(folder), Map.of()));
        assertThat(run.traces()).containsKeys("version_0/train_loss", "version_1/train_loss");
        assertThat(run.restarts()).isEmpty();
    }

    /** Ultralytics writes a row an epoch. */
    @Test
    void epochsAreCountedAsStepsWhereTheirNumberIsKnown() throws IOException {
        Path table = Files.writeString(folder.resolve("results.csv"), "epoch, lr/pg0, train_loss\n1,0.1,4\n2,0.05,3\n");
        RunFollower follower = new RunFollower(List.of(table), Map.of());
        follower.readWhole();
        Recipe recipe = Recipe.of(Registry.get("torch", "sgd"))
                .learningRate(0.1)
                .batchSize(10.0)
                .datasetSize(80.0)
                .length(new RunLength.Epochs(4))
                .build();
        assertThat(follower.run(recipe).lastStep()).isEqualTo(16);
        assertThat(follower.run(recipe).plannedSteps()).isEqualTo(32);
        assertThat(follower.run(recipe.but().datasetSize(null).build()).plannedSteps())
                .isZero();
    }

    /** A run that was killed in the middle of a line and started again into the same file. */
    @Test
    void aLineThatWasCutBeforeAnotherBeginningIsPassedOver() throws IOException {
        Path log = Files.writeString(folder.resolve("p.jsonl"), """
                {"wane_probe": 1, "groups": [{"settings": {"lr": 0.1}, "parameters": []}]}
                {"step": 1, "metrics": {"loss": 3}}
                {"step": 2, "met
                {"wane_probe": 1, "groups": [{"settings": {"lr": 0.1}, "parameters": []}]}
                {"step": 2, "metrics": {"loss": 2}}
                """);
        RunFollower whole = new RunFollower(List.of(log), Map.of());
        whole.readWhole();
        RunFollower live = new RunFollower(List.of(log), Map.of());
        live.poll();
        for (RunFollower follower : List.of(whole, live)) {
            assertThat(follower.run(null).traces().get("metrics.loss").samples())
                    .containsExactly(new Sample(1, 3), new Sample(2, 2));
        }
    }

    private static WatchedRun read(RunFollower follower) {
        follower.readWhole();
        return follower.run(null);
    }

    private static void state(Path file, String text, int secondsAgo) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(secondsAgo)));
    }

    @Test
    void aRunThatGoesBackIsSaidToAndContinuesThere() throws IOException {
        Path log = Files.writeString(
                folder.resolve("m.jsonl"), "{\"step\": 10, \"loss\": 3}\n{\"step\": 20, \"loss\": 2}\n");
        RunFollower follower = new RunFollower(List.of(log), Map.of());
        follower.poll();
        Files.writeString(log, "{\"step\": 11, \"loss\": 2.5}\n", StandardOpenOption.APPEND);
        follower.poll();

        assertThat(loss(follower)).containsExactly(new Sample(10, 3), new Sample(11, 2.5));
        assertThat(follower.run(null).restarts()).containsExactly(11.0);
    }

    @Test
    void aProbeSaysItsParametersAndTheirNorms() throws Exception {
        Path probe =
                Path.of(Objects.requireNonNull(RunFollowerTest.class.getResource("/dev/wane/formats/probe/probe.jsonl"))
                        .toURI());
        RunFollower follower = new RunFollower(List.of(probe), Map.of());
        follower.readWhole();
        WatchedRun run = follower.run(null);

        assertThat(run.parameters()).hasSize(7);
        assertThat(run.lambda()).isEqualTo(0.1);
        assertThat(run.norm(run.parameters().getFirst(), WatchedRun.Norm.WEIGHT)
                        .orElseThrow()
                        .samples())
                .extracting(Sample::step)
                .containsExactly(1.0, 6.0, 11.0, 16.0);
        assertThat(run.trainLoss().orElseThrow().samples()).hasSize(20);
        assertThat(run.gradientNorm().orElseThrow().samples()).hasSize(4);
        assertThat(run.rows(run.parameters().getFirst(), "without_gradient")).isPresent();
    }

    @Test
    void aColumnMayHaveAnyName() throws IOException {
        Path log = Files.writeString(folder.resolve("m.jsonl"), "{\"step\": 1, \"my/objective\": 3}\n");
        RunFollower follower = new RunFollower(List.of(log), Map.of("my/objective", "loss"));
        follower.poll();
        assertThat(loss(follower)).containsExactly(new Sample(1, 3));
    }

    @Test
    void aFolderIsItsLogs() throws IOException {
        Files.createDirectories(folder.resolve("run/checkpoint-5"));
        Path events = Files.createFile(folder.resolve("run/events.out.tfevents.1"));
        Path state = Files.createFile(folder.resolve("run/checkpoint-5/trainer_state.json"));
        Files.createFile(folder.resolve("run/config.json"));
        assertThat(LogFiles.of(folder.resolve("run"))).containsExactly(state, events);
        assertThatThrownBy(() -> LogFiles.of(Files.createDirectory(folder.resolve("empty"))))
                .hasMessageContaining("holds no log");
    }

    private static List<Sample> loss(RunFollower follower) {
        return follower.run(null).trainLoss().orElseThrow().samples();
    }
}
