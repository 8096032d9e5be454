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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real PyTorch runs, healthy and with one thing wrong, and logs by themselves. */
class WatchCommandTest {
    private static final Pattern ID = Pattern.compile("\"id\" : \"([^\"]+)\"");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aHealthyRunRaisesNoAlarm() throws Exception {
        assertThat(diagnosed("--weight-decay 0.5", "--wd", "0.5")).containsExactly("equilibrium");
    }

    @Test
    void aScheduleThatEveryMicroBatchStepsIsFound() throws Exception {
        assertThat(diagnosed("--weight-decay 0.5", "--wd", "0.5", "--often", "4"))
                .contains("schedule-stepped-often");
    }

    @Test
    void aDecayThatIsNotTheConfigurationsIsFound() throws Exception {
        assertThat(diagnosed("--weight-decay 0.1", "--wd", "0.5"))
                .containsExactly("weight-decay-differs", "equilibrium");
    }

    @Test
    void aRateThatIsNotTheConfigurationsIsFound() throws Exception {
        assertThat(diagnosed("--weight-decay 0.5 --lr 3e-3", "--wd", "0.5", "--lr", "1e-3"))
                .contains("learning-rate-differs");
    }

    /** The schedule ends and the decay goes on, as with TensorFlow Addons' AdamW. */
    @Test
    void aDecayThatOutlivesItsRateIsFound() throws Exception {
        assertThat(diagnosed("--framework tfa --weight-decay 1e-3", "--wd", "1e-3", "--raw"))
                .contains("decay-outlives-rate");
    }

    @Test
    void aDecayThatAddsUpToNothingIsFound() throws Exception {
        assertThat(diagnosed("--weight-decay 0.01", "--wd", "0.01")).containsExactly("inert-decay", "equilibrium");
    }

    @Test
    void decayedGainsThatShrinkAreFound() throws Exception {
        assertThat(diagnosed("--weight-decay 4", "--wd", "4", "--decay", "all")).contains("shrinking-gains");
    }

    @Test
    void aDecayThatBfloat16RoundsAwayIsFound() throws Exception {
        assertThat(diagnosed("--weight-decay 0.5", "--wd", "0.5", "--bf16")).contains("decay-lost-in-bfloat16");
    }

    @Test
    void rowsOfTokensThatNeverOccurAreFound() throws Exception {
        assertThat(diagnosed("--weight-decay 0.5", "--wd", "0.5", "--decay", "tables", "--vocabulary", "200"))
                .containsExactly("decayed-frozen-rows", "equilibrium");
        Path recipe =
                Files.writeString(folder.resolve("r.yaml"), "{optimizer: adamw, learningRate: 3e-3, weightDecay: 0.5}");
        out.getBuffer().setLength(0);
        assertThat(wane(
                        "lint",
                        recipe.toString(),
                        "--model",
                        folder.resolve("probe.jsonl").toString()))
                .isZero();
        assertThat(out.toString())
                .contains("warning [decayed-frozen]", "of the rows of wte.weight were never seen with a gradient");
        assertThat(diagnosed(
                        "--lr 1e-2 --weight-decay 3",
                        "--lr",
                        "1e-2",
                        "--wd",
                        "3",
                        "--decay",
                        "tables",
                        "--vocabulary",
                        "100"))
                .contains("low-norm-rows", "decayed-frozen-rows");
    }

    @Test
    void gradientsThatRiseAtTheEndAreFound() throws Exception {
        assertThat(diagnosed("--weight-decay 3", "--wd", "3")).containsExactly("equilibrium", "gradient-rise");
    }

    @Test
    void thePlanStandsBesideTheMeasurement() throws Exception {
        Path log = Files.writeString(folder.resolve("m.jsonl"), """
                {"step": 50, "lr": 1e-3, "loss": 2.0, "val/loss": 2.5}
                {"step": 100, "lr": 2e-3, "loss": 1.0, "val/loss": 2.0}
                """);
        assertThat(wane(
                        "watch",
                        log.toString(),
                        "--optimizer",
                        "adamw",
                        "--lr",
                        "1e-3",
                        "--weight-decay",
                        "0.1",
                        "--steps",
                        "200",
                        "--schedule",
                        "constant"))
                .isZero();

        assertThat(out.toString())
                .contains("step 100 of 200", "train loss     █", "learning rate now      0.001          0.002")
                .contains("error: learning-rate-differs, from step 100", "remedy: load_state_dict");
    }

    @Test
    void withoutAPlanItSaysSo() throws Exception {
        Path log = Files.writeString(folder.resolve("m.jsonl"), "{\"step\": 50, \"loss\": 2.0}\n");
        assertThat(wane("watch", log.toString())).isZero();
        assertThat(out.toString()).contains("what it was meant to train with is not known", "nothing stands out");
    }

    @Test
    void whatNothingWasLoggedOfIsNotJudged() throws Exception {
        Path log = Files.writeString(folder.resolve("m.jsonl"), "");
        assertThat(wane("watch", log.toString())).isZero();
        assertThat(out.toString()).contains("nothing is logged yet").doesNotContain("nothing stands out");
    }

    @Test
    void twoRunsAreComparedAtEqualShares() throws Exception {
        Path strong = run("strong", 1.0, 1.5);
        Path weak = run("weak", 0.5, 1.2);
        assertThat(wane(
                        "watch",
                        strong.toString(),
                        "--optimizer",
                        "adamw",
                        "--lr",
                        "1e-3",
                        "--weight-decay",
                        "1",
                        "--steps",
                        "100",
                        "--beside",
                        weak.toString(),
                        "--beside-config",
                        recipe("weightDecay: 0.1").toString()))
                .isZero();
        assertThat(out.toString()).doesNotContain("over-regularised");
        assertThat(err.toString()).contains("note: the runs are not compared: their λ is the same, or not known");

        assertThat(wane(
                        "watch",
                        strong.toString(),
                        "--config",
                        recipe("weightDecay: 1").toString(),
                        "--beside",
                        weak.toString(),
                        "--beside-config",
                        recipe("weightDecay: 0.1").toString()))
                .isZero();
        assertThat(out.toString()).contains("warning: over-regularised, from step 100");
    }

    private Path recipe(String weightDecay) throws Exception {
        return Files.writeString(
                folder.resolve(weightDecay.replaceAll("\\W", "") + ".yaml"),
                "optimizer: adamw\nlearningRate: 1e-3\nsteps: 100\n" + weightDecay + "\n");
    }

    private Path run(String name, double train, double heldOut) throws Exception {
        return Files.writeString(
                folder.resolve(name + ".jsonl"),
                Stream.of(98, 99, 100)
                        .map(step ->
                                "{\"step\": %d, \"train_loss\": %s, \"val_loss\": %s}".formatted(step, train, heldOut))
                        .collect(Collectors.joining("\n")));
    }

    @Test
    void badInputIsNamed() throws Exception {
        assertThat(wane("watch", folder.resolve("none.jsonl").toString(), "--once"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("none.jsonl: no such file");
        Path broken = Files.writeString(folder.resolve("b.jsonl"), "{\"loss\": 1}\n{oops}\n{\"loss\": 2}\n");
        assertThat(wane("watch", broken.toString(), "--column", "speed=x", "--interval", "0"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("--column must be QUANTITY=NAME with one of gradientNorm", "--interval must be > 0, got 0.0");
        assertThat(wane("watch", broken.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("b.jsonl:2:1: is no JSON");
    }

    private List<String> diagnosed(String meant, String... options) throws Exception {
        Python.needsTorch();
        Files.writeString(folder.resolve("wane_probe.py"), ProbeScript.TORCH.text());
        try (var in = Objects.requireNonNull(WatchCommandTest.class.getResourceAsStream("watched.py"))) {
            Files.writeString(folder.resolve("watched.py"), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        Path probe = folder.resolve("probe.jsonl");
        Files.deleteIfExists(probe);
        List<String> command =
                new ArrayList<>(List.of(folder.resolve("watched.py").toString(), "--out", probe.toString()));
        command.addAll(List.of(options));
        Path printed = folder.resolve("printed");
        assertThat(Python.run(printed, command.toArray(String[]::new)))
                .as(Files.readString(printed))
                .isZero();
        return ids(probe, meant);
    }

    private List<String> ids(Path probe, String meant) {
        List<String> arguments = new ArrayList<>(List.of("watch", probe.toString(), "--json"));
        arguments.addAll(
                List.of("--optimizer", "adamw", "--steps", "800", "--schedule", "cosine", "--warmup-steps", "50"));
        arguments.addAll(List.of(meant.split(" ", -1)));
        if (!meant.contains("--lr")) {
            arguments.addAll(List.of("--lr", "3e-3"));
        }
        out.getBuffer().setLength(0);
        assertThat(wane(arguments.toArray(String[]::new))).as(err::toString).isZero();
        List<String> ids = new ArrayList<>();
        Matcher matcher = ID.matcher(out.toString());
        while (matcher.find()) {
            ids.add(matcher.group(1));
        }
        return ids;
    }

    private int wane(String... arguments) {
        return Wane.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
