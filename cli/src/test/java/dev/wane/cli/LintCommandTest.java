package dev.wane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {
    private static final String SAMPLE = """
            {"train_micro_batch_size_per_gpu": 4, "zero_optimization": {"stage": 1},
             "optimizer": {"type": "Adam",
               "params": {"lr": 1e-4,
                          "weight_decay": 3e-7}},
             "scheduler": {"type": "WarmupDecayLR", "params": {"total_num_steps": 1000}}}
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path sample;

    @BeforeEach
    void write() throws IOException {
        sample = Files.writeString(folder.resolve("ds.json"), SAMPLE);
    }

    @Test
    void findingsHaveAPlaceAndEveryNumberAnOrigin() {
        assertThat(lint(sample.toString())).isZero();

        assertThat(out.toString())
                .contains("ds.json (deepspeed): inert, λ is decoupled-lr")
                .contains("weightDecay      3e-7           " + sample + ":4:31 optimizer.params.weight_decay")
                .contains("replicas         ?              unresolved: --world-size N (devices of the whole run)")
                .contains("warning [inert-decay] " + sample + ":4:31 optimizer.params.weight_decay")
                .contains("info [cargo-value]", "info [world-size-unknown]")
                .contains("1 file: 2 info, 1 warning, 0 error");
    }

    @Test
    void aValueThatIsNoneSaysSo() throws IOException {
        Path auto = Files.writeString(folder.resolve("auto.json"), SAMPLE.replace("3e-7", "\"auto\""));
        lint(auto.toString());

        assertThat(out.toString())
                .contains(":31 optimizer.params.weight_decay: the file alone does not tell its value");
    }

    @Test
    void theContractsDocumentIsPrinted() {
        assertThat(lint(sample.toString(), "--output", "json", "--world-size", "8"))
                .isZero();

        Node.Mapping root = (Node.Mapping) TreeReader.parse("o.json", out.toString());
        Node.Mapping file = (Node.Mapping)
                ((Node.Sequence) root.entries().get("files").value()).items().getFirst();
        assertThat(file.entries()).containsOnlyKeys("file", "format", "recipe", "groups", "resolution", "findings");
        assertThat(out.toString())
                .contains("\"batchSize\" : 32.0", "\"line\" : 4", "\"key\" : \"optimizer.params.weight_decay\"");
    }

    @Test
    void theCheckFailsFromTheSeverityThatIsAsked() {
        assertThat(lint(sample.toString(), "--fail-on", "warning")).isEqualTo(1);
        assertThat(lint(sample.toString(), "--fail-on", "error")).isZero();
        assertThat(lint(sample.toString(), "--fail-on", "never")).isZero();
    }

    @Test
    void aFindingCanBeSuppressedWithAReason() throws IOException {
        Path yaml = Files.writeString(folder.resolve("t.yaml"), """
                per_device_train_batch_size: 8
                learning_rate: 1e-4
                # wane: ignore inert-decay measured: it makes no difference here
                weight_decay: 1e-5
                max_steps: 1000
                """);
        assertThat(lint(yaml.toString(), "--fail-on", "warning")).isZero();
        assertThat(lint(sample.toString(), "--fail-on", "warning", "--ignore", "inert-decay=a sample"))
                .isZero();
        assertThat(lint(sample.toString(), "--ignore", "inert-decay=")).isEqualTo(2);
        assertThat(err.toString()).contains("--ignore inert-decay needs a reason");
    }

    /** It would ignore nothing, and nobody would know. */
    @Test
    void aCommentWithoutAReasonIsFound() throws IOException {
        Path yaml = Files.writeString(
                folder.resolve("t.yaml"),
                "per_device_train_batch_size: 8\nlearning_rate: 1e-4\nweight_decay: 0.1 # wane: ignore adamw-zero\n");

        assertThat(lint(yaml.toString())).isZero();
        assertThat(out.toString())
                .contains("t.yaml:3", "[suppression-without-reason]", "ignores adamw-zero without a reason");
    }

    @Test
    void anIgnoredRuleMustExist() throws IOException {
        Path yaml = Files.writeString(
                folder.resolve("t.yaml"),
                "learning_rate: 1e-4\nper_device_train_batch_size: 8\nmax_steps: 9 # wane: ignore inert-decai known\n");

        assertThat(lint(yaml.toString())).isZero();
        assertThat(out.toString())
                .contains("[suppression-of-no-rule]", "unknown rule 'inert-decai'; did you mean 'inert-decay'?");
        assertThat(lint(yaml.toString(), "--ignore", "adamw-zer=known")).isEqualTo(2);
        assertThat(err.toString()).contains("--ignore: unknown rule 'adamw-zer'; did you mean 'adamw-zero'?");
    }

    /** The line as it stands, and a mark below the value. */
    @Test
    void aFindingShowsItsLine() throws IOException {
        Path yaml = Files.writeString(
                folder.resolve("t.yaml"),
                "learning_rate: 1e-4\nper_device_train_batch_size: 8\nweight_decay: 1e-7\nmax_steps: 100\n");

        assertThat(lint(yaml.toString())).isZero();
        assertThat(out.toString()).contains("""
                        3 | weight_decay: 1e-7
                          |               ^
                """);
    }

    /** A baseline names files from its own folder, so that it holds wherever wane runs. */
    @Test
    void aBaselineHoldsForTheSameFileByAnotherPath() throws IOException {
        Path baseline = folder.resolve("baseline.json");
        lint(sample.toString(), "--write-baseline", baseline.toString());
        Path around = Files.createDirectory(folder.resolve("sub")).resolve("..").resolve(sample.getFileName());

        assertThat(lint(around.toString(), "--baseline", baseline.toString(), "--fail-on", "info"))
                .isZero();
    }

    /** What is accepted stays accepted, and comes back when its numbers change. */
    @Test
    void aBaselineHoldsWhatIsKnown() throws IOException {
        Path baseline = folder.resolve("baseline.json");
        assertThat(lint(sample.toString(), "--write-baseline", baseline.toString()))
                .isZero();

        assertThat(lint(sample.toString(), "--baseline", baseline.toString(), "--fail-on", "info"))
                .isZero();
        Files.writeString(sample, SAMPLE.replace("3e-7", "2e-7"));
        assertThat(lint(sample.toString(), "--baseline", baseline.toString(), "--fail-on", "info"))
                .isEqualTo(1);
    }

    @Test
    void otherToolsReadTheirOwnFormats() {
        assertThat(lint(sample.toString(), "--output", "sarif")).isZero();
        assertThat(out.toString())
                .contains("\"version\" : \"2.1.0\"", "\"ruleId\" : \"inert-decay\"", "\"startLine\" : 4", "wane/v1");
        out.getBuffer().setLength(0);

        assertThat(lint(sample.toString(), "--output", "junit")).isZero();
        assertThat(out.toString())
                .contains(
                        "tests=\"3\" failures=\"1\"",
                        "name=\"inert-decay\"",
                        "<failure type=\"warning\"",
                        "<system-out>");
    }

    /** A file that cannot be read is said, and the others are looked at all the same. */
    @Test
    void oneBadFileDoesNotHideTheOthers() throws IOException {
        Path pod = Files.writeString(folder.resolve("pod.yaml"), "apiVersion: v1\nkind: Pod\n");

        assertThat(lint(
                        pod.toString(),
                        sample.toString(),
                        folder.resolve("none.json").toString()))
                .isEqualTo(2);

        assertThat(err.toString())
                .contains("2 problems", "pod.yaml:1:1: is no configuration", "none.json: no such file");
        assertThat(out.toString()).contains("warning [inert-decay]");
    }

    /** What a trainer is configured with can be explained and planned as it is. */
    @Test
    void otherVerbsReadTheSameFiles() {
        PrintWriter writer = new PrintWriter(out, true);
        String[] explain = {"explain", sample.toString(), "--batch-size", "32"};
        String[] plan = {"plan", sample.toString(), "--batch-size", "32", "--target", "batch-size=256"};

        assertThat(Wane.run(explain, writer, new PrintWriter(err, true))).isZero();
        assertThat(Wane.run(plan, writer, new PrintWriter(err, true))).isZero();
        assertThat(out.toString())
                .contains("deepspeed adam, weight decay 3e-7 (decoupled-lr): inert", "* constant-timescale");
    }

    /** {@code ln_1} holds none of the names that the trainer leaves out; {@code layernorm} does. */
    @Test
    void aModelShowsWhatTheTrainersRuleMisses() throws IOException {
        Path trainer = Files.writeString(
                folder.resolve("t.yaml"),
                "{output_dir: x, learning_rate: 1e-4, weight_decay: 0.1, max_steps: 9000, per_device_train_batch_size: 8}");
        Path model = Files.writeString(
                folder.resolve("names.txt"),
                "h.0.ln_1.weight [64]\nh.0.layernorm.weight [64]\nh.0.mlp.weight [64, 64]\n");

        assertThat(lint(trainer.toString(), "--model", model.toString())).isZero();
        assertThat(out.toString())
                .contains("warning [name-miss] " + trainer + ":1:52 weight_decay", "misses h.0.ln_1.weight: they");

        out.getBuffer().setLength(0);
        Files.writeString(model, "h.0.layernorm.weight [64]\nh.0.mlp.weight [64, 64]\n");
        assertThat(lint(trainer.toString(), "--model", model.toString())).isZero();
        assertThat(out.toString()).doesNotContain("name-miss");
        assertThat(lint(trainer.toString(), "--model", folder.resolve("none").toString()))
                .isEqualTo(2);
    }

    private int lint(String... arguments) {
        List<String> all = new ArrayList<>(List.of("lint"));
        all.addAll(List.of(arguments));
        return Wane.run(all.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
