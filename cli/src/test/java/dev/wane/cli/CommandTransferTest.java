package dev.wane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wane transfer} with a program of the user's own in the place of a task. */
class CommandTransferTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theBestWeightDecayIsFoundAndCarriedOver() throws Exception {
        Path experiment = TinyCommand.write(folder);

        assertThat(transfer(experiment)).as(err::toString).isZero();

        assertThat(number("base: best λ ([0-9.]+)")).isBetween(0.17, 0.24);
        assertThat(number("best found +λ ([0-9.]+)")).isBetween(0.7, 0.95);
        assertThat(out.toString())
                .contains("unscaled             λ 0.2", "does-not-transfer", "constant-timescale")
                .contains("the planned λ removes");
        assertThat(folder.resolve("out/tiny")).isDirectoryContaining(file -> file.endsWith("report.html"));
        assertThat(Files.readString(folder.resolve("out/tiny/report.md"))).doesNotContain("training-curves");
    }

    @Test
    void aTrialThatFailsIsNamedWithItsLastLines() throws Exception {
        Path experiment = TinyCommand.write(folder);
        replace("train.sh", "sleep 0.3", "if [ \"$1\" = 0.05 ]; then echo RuntimeError: out of memory >&2; exit 1; fi");

        assertThat(transfer(experiment)).as(err::toString).isZero();

        assertThat(out.toString()).contains("ended with 1", "RuntimeError: out of memory");
    }

    @Test
    void whenNothingRunsThatIsSaidAndNothingIsClaimed() throws Exception {
        Path experiment = TinyCommand.write(folder);
        Files.writeString(folder.resolve("train.sh"), "echo no such module >&2; exit 1\n");

        assertThat(transfer(experiment)).isEqualTo(2);

        assertThat(err.toString()).contains("no such module", "ended with 1");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void everyMistakeIsNamedAtOnceBeforeAnythingRuns() throws Exception {
        Path experiment = TinyCommand.write(folder);
        replace("e.yaml", "{weightDecay} {batchSize}", "{weigthDecay}");
        replace("e.yaml", "samples: 1000", "samples: many");
        replace("e.yaml", "{from: metrics.jsonl", "{from: metrics.xml");

        assertThat(transfer(experiment)).isEqualTo(2);

        assertThat(err.toString()).contains("weigthDecay", "samples must be a number", "metrics.xml");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private int transfer(Path experiment) {
        return Wane.run(
                new String[] {
                    "transfer",
                    experiment.toString(),
                    "--out",
                    folder.resolve("out").toString(),
                    "--quiet"
                },
                new PrintWriter(out, true),
                new PrintWriter(err, true));
    }

    private double number(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(out.toString());
        assertThat(matcher.find()).as(out.toString()).isTrue();
        return Double.parseDouble(matcher.group(1));
    }

    private void replace(String name, String old, String now) throws Exception {
        Path file = folder.resolve(name);
        String text = Files.readString(file);
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, now));
    }
}
