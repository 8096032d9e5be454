package dev.wane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wane.formats.probe.ProbeScript;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real PyTorch runs whose trouble takes a net of its own: cycles, learning by heart, adapters. */
class WatchedRunsTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Nothing but decay makes these weights small, and nothing but their size makes the steps too large. */
    @Test
    void cyclesOfTheLossAreFound() throws Exception {
        Path cycling = trained("cycles.py", "--wd", "0.01");
        wane("watch", cycling.toString());
        assertThat(out.toString()).contains("warning: loss-cycles, from step", "bursts of the training loss");

        out.getBuffer().setLength(0);
        Path steady = trained("cycles.py", "--wd", "1e-4");
        wane("watch", steady.toString());
        assertThat(out.toString()).doesNotContain("loss-cycles");
    }

    @Test
    void tooLittleAndTooMuchDecayAreFoundBesideAnotherRun() throws Exception {
        Path little = trained("overfitted.py", "--wd", "0.3");
        Path good = trained("overfitted.py", "--wd", "20");
        Path much = trained("overfitted.py", "--wd", "100");

        assertThat(beside(little, 0.3, good, 20)).contains("warning: under-regularised, from step 600");
        assertThat(beside(much, 100, good, 20)).contains("warning: over-regularised, from step 600");
        assertThat(beside(good, 20, little, 0.3)).doesNotContain("regularised");
    }

    @Test
    void anAdapterAndAFrozenNetAreSeenByTheProbe() throws Exception {
        Path adapter = trained("fine_tuned.py", "--adapter");
        wane("groups", adapter.toString());
        assertThat(out.toString())
                .contains("the laws are not-expected: no law was measured on adapters")
                .contains("start: adapter (1 pairs of A and B hold 100 % of the trained numbers)");

        out.getBuffer().setLength(0);
        Path head = trained("fine_tuned.py");
        wane("watch", head.toString());
        assertThat(out.toString()).contains("start: pretrained (88.9 % of its numbers are frozen)");

        out.getBuffer().setLength(0);
        wane(
                "plan",
                "--optimizer=adamw",
                "--lr=1e-4",
                "--weight-decay=0.1",
                "--batch-size=8",
                "--dataset-size=1000",
                "--epochs=3",
                "--start=adapter",
                "--target=batch-size=64",
                "--model=" + adapter);
        assertThat(out.toString())
                .contains("no law was measured on adapters, so none is recommended")
                .contains("does not apply: measured on training from scratch, and no rule is known for adapters")
                .contains("the laws are not-expected");
    }

    private String beside(Path run, double decay, Path other, double others) throws Exception {
        out.getBuffer().setLength(0);
        wane(
                "watch",
                run.toString(),
                "--config=" + recipe(decay),
                "--beside=" + other,
                "--beside-config=" + recipe(others));
        return out.toString();
    }

    private Path recipe(double decay) throws Exception {
        return Files.writeString(
                folder.resolve("recipe" + decay + ".yaml"),
                "{optimizer: adamw, learningRate: 3e-3, steps: 600, schedule: cosine, weightDecay: " + decay + "}");
    }

    private Path trained(String script, String... options) throws Exception {
        Python.needsTorch();
        Files.writeString(folder.resolve("wane_probe.py"), ProbeScript.TORCH.text());
        try (var in = Objects.requireNonNull(WatchedRunsTest.class.getResourceAsStream(script))) {
            Files.writeString(folder.resolve(script), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        Path probe = folder.resolve(script + String.join("", options) + ".jsonl");
        List<String> command = new ArrayList<>();
        Stream.of(folder.resolve(script).toString(), "--out", probe.toString()).forEach(command::add);
        command.addAll(List.of(options));
        Path printed = folder.resolve("printed");
        assertThat(Python.run(printed, command.toArray(String[]::new)))
                .as(Files.readString(printed))
                .isZero();
        return probe;
    }

    private void wane(String... arguments) {
        assertThat(Wane.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true)))
                .as(err::toString)
                .isZero();
    }
}
