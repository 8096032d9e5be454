package dev.wane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {
    private static final String RECIPE = """
            optimizer: adamw
            learningRate: 1e-3
            weightDecay: 0.1
            batchSize: 128
            datasetSize: 50000
            epochs: 100
            schedule: cosine
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void equalRunsAreEqualHoweverTheyAreWritten() throws IOException {
        Path a = write("a.yaml", RECIPE);
        Path b = write(
                "b.json",
                "{\"optimizer\": \"adamw\", \"learningRate\": 0.001, \"weightDecay\": 1e-1, \"batchSize\": 128,"
                        + " \"datasetSize\": 5e4, \"epochs\": 100, \"schedule\": {\"kind\": \"cosine\"}}");

        assertThat(wane("diff", a.toString(), b.toString())).isZero();
        assertThat(out.toString()).contains("no difference");
    }

    @Test
    void aDifferenceHasItsEffect() throws IOException {
        Path a = write("a.yaml", RECIPE);
        Path b = write("b.yaml", RECIPE.replace("adamw", "adam").replace("128", "512"));

        assertThat(wane("diff", a.toString(), b.toString(), "--json")).isEqualTo(1);
        assertThat(out.toString())
                .contains("\"equal\" : false", "\"quantity\" : \"batchSize\"", "× 4", "\"quantity\" : \"convention\"")
                .contains("weight_decay means another thing");
    }

    @Test
    void aPublishedRecipeIsTheOtherSide() throws IOException {
        Path a = write("a.yaml", RECIPE);

        assertThat(wane("diff", a.toString(), "--preset", "gpt2-124m")).isEqualTo(1);
        assertThat(out.toString()).contains("b: preset gpt2-124m", "learningRate", "6e-4");
    }

    @Test
    void oneOtherSideIsNeeded() throws IOException {
        String a = write("a.yaml", RECIPE).toString();

        assertThat(wane("diff", a)).isEqualTo(2);
        assertThat(wane("diff", a, a, "--preset", "gpt2")).isEqualTo(2);
        assertThat(err.toString()).contains("diff needs B or --preset, one of them");
    }

    /** Two groups of torch's AdamW, of which the second is not decayed: what a resume would train with. */
    @Test
    void aCheckpointIsComparedWithTheConfigurationThatResumesIt() throws IOException {
        Path config = write("train.yaml", RECIPE);
        Path checkpoint =
                checkpoint(group("?PbM\u00d2\u00f1\u00a9\u00fc", "?\u00b9\u0099\u0099\u0099\u0099\u0099\u009a")
                        + group("?PbM\u00d2\u00f1\u00a9\u00fc", "\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000"));
        assertThat(wane("diff", checkpoint.toString(), config.toString())).isZero();

        Path other = write("other.yaml", RECIPE.replace("0.1", "0.05"));
        assertThat(wane("diff", checkpoint.toString(), other.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "group 0",
                        "weightDecay",
                        "0.1",
                        "0.05",
                        "what the configuration says is not used after a resume")
                .doesNotContain("group 1");
    }

    /** The batch of the checkpoint goes on, the schedule does not. */
    @Test
    void aTrainersStateIsComparedWithTheConfigurationThatResumesIt() throws IOException {
        Path state = write(
                "trainer_state.json",
                "{\"global_step\": 10, \"log_history\": [], \"max_steps\": 100, \"num_train_epochs\": 1, \"train_batch_size\": 4}");
        String config = "{output_dir: x, learning_rate: 1e-4, max_steps: 100, per_device_train_batch_size: 4}";
        assertThat(wane("diff", state.toString(), write("same.yaml", config).toString()))
                .isZero();

        Path other = write("other.yaml", config.replace("100", "200").replace("size: 4", "size: 8"));
        assertThat(wane("diff", state.toString(), other.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "microBatchSize",
                        "resumes with the checkpoint's batch",
                        "steps",
                        "the rate jumps at the resume");
    }

    /** Half-way down a line from 1e-4 to 0 in 100 steps, the rate is 5e-5; a trainer may log it a step early or late. */
    @Test
    void theRateThatATrainerLoggedIsThatOfTheSchedule() throws IOException {
        String config = "{output_dir: x, learning_rate: 1e-4, max_steps: 100, per_device_train_batch_size: 4}";
        String same = write("same.yaml", config).toString();
        String other = write("other.yaml", config.replace("1e-4", "2e-4")).toString();
        Files.createDirectories(folder.resolve("checkpoint-50"));
        for (String rate : new String[] {"4.9e-05", "5e-05", "5.1e-05"}) {
            write("checkpoint-50/trainer_state.json", trainerState(rate));
            assertThat(wane("diff", folder.resolve("checkpoint-50").toString(), same))
                    .as(rate)
                    .isZero();
        }
        assertThat(wane("diff", other, folder.resolve("checkpoint-50").toString()))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "learningRateNow",
                        "1.02e-4",
                        "5.1e-5",
                        "at step 50 the run that wrote it had another schedule");
    }

    private static String trainerState(String rate) {
        return "{\"global_step\": 50, \"max_steps\": 100, \"train_batch_size\": 4, \"log_history\": ["
                + "{\"learning_rate\": 9e-05, \"step\": 10}, {\"learning_rate\": " + rate + ", \"step\": 50},"
                + " {\"eval_loss\": 1.5, \"step\": 50}]}";
    }

    /** The optimizer's groups and the trainer's batch, from one folder. */
    @Test
    void aFolderThatATrainerSavedIsReadAsAWhole() throws IOException {
        Path saved = Files.createDirectories(folder.resolve("checkpoint-50"));
        Files.move(
                checkpoint(group("?PbM\u00d2\u00f1\u00a9\u00fc", "?\u00b9\u0099\u0099\u0099\u0099\u0099\u009a")
                        + group("?PbM\u00d2\u00f1\u00a9\u00fc", "\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000")),
                saved.resolve("optimizer.pt"));
        write("checkpoint-50/trainer_state.json", trainerState("5e-4"));
        Path config = write(
                "train.yaml",
                "{output_dir: x, learning_rate: 1e-3, weight_decay: 0.05, max_steps: 100, per_device_train_batch_size: 8}");

        assertThat(wane("diff", saved.toString(), config.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains("group 0", "weightDecay", "0.05")
                .contains("run", "microBatchSize")
                .doesNotContain("learningRate");
    }

    /** What DeepSpeed's file says of a trainer's {@code auto} run belongs to the run. */
    @Test
    void aSecondFileBelongsToBothRuns() throws IOException {
        String trainer = "{output_dir: x, learning_rate: 1e-4, max_steps: 100, per_device_train_batch_size: 4, ";
        String a = write("a.yaml", trainer + "deepspeed: ds.json}").toString();
        String b = write("b.yaml", trainer + "deepspeed: ds.json, weight_decay: 0.1}")
                .toString();
        Path deepSpeed = write(
                "deep.json",
                "{\"zero_optimization\": {\"stage\": 2}, \"train_micro_batch_size_per_gpu\": 4,"
                        + " \"optimizer\": {\"type\": \"AdamW\", \"params\": {\"lr\": 1e-4, \"weight_decay\": 0.2}}}");

        assertThat(wane("diff", a, b, "--with", deepSpeed.toString(), "--world-size", "8"))
                .as(err.toString())
                .isZero();
        assertThat(wane("explain", a, "--with", deepSpeed.toString(), "--world-size", "8", "--json"))
                .isZero();
        assertThat(out.toString()).contains("\"batchSize\" : 32", "\"weightDecay\" : 0.2");
        assertThat(wane("diff", a, b, "--with", "nowhere.json", "--world-size", "0"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("nowhere.json: no such file", "--world-size must be >= 1");
    }

    /** What torch.save writes of a scheduler: {@code base_lrs} of two groups. */
    @Test
    void aSchedulersStateHasItsPeaks() throws IOException {
        Path file = folder.resolve("scheduler.pt");
        String pickle =
                "\u0080\u0002}(" + text("base_lrs") + "](G?PbM\u00d2\u00f1\u00a9\u00fcG?PbM\u00d2\u00f1\u00a9\u00fceu.";
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("c/data.pkl"));
            zip.write(pickle.getBytes(StandardCharsets.ISO_8859_1));
        }

        assertThat(wane("diff", file.toString(), write("a.yaml", RECIPE).toString()))
                .isZero();
        assertThat(wane(
                        "diff",
                        file.toString(),
                        write("b.yaml", RECIPE.replace("1e-3", "2e-3")).toString()))
                .isEqualTo(1);
        assertThat(out.toString()).contains("learningRate", "0.001", "0.002");
    }

    @Test
    void optionsOfTheRunAreChecked() throws IOException {
        Path a = write("a.yaml", RECIPE);

        assertThat(wane("diff", a.toString(), a.toString(), "--world-size", "0", "--dataset-size", "-1"))
                .isEqualTo(2);
        assertThat(wane("apply", a.toString(), "--target", "batch-size=256", "--world-size", "0"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("2 problems", "--world-size must be >= 1, got 0", "--dataset-size must be finite and > 0")
                .contains("1 problem in the input");
    }

    @Test
    void bothMistakesAreNamed() throws IOException {
        assertThat(wane("diff", "absent.yaml", write("x.yaml", "a: 1\n").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("2 problems", "no such file", "is no configuration that Wane recognises");
    }

    private static String group(String rate, String decay) {
        return "}(" + text("lr") + "G" + rate + text("weight_decay") + "G" + decay + text("params")
                + "](K\u0000K\u0001eu";
    }

    private static String text(String value) {
        return "X" + (char) value.length() + "\u0000\u0000\u0000" + value;
    }

    private Path checkpoint(String groups) throws IOException {
        Path file = folder.resolve("c.pt");
        String pickle = "\u0080\u0002}(" + text("optimizer") + "}(" + text("param_groups") + "](" + groups + "euu.";
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("c/data.pkl"));
            zip.write(pickle.getBytes(StandardCharsets.ISO_8859_1));
        }
        return file;
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private int wane(String... words) {
        return Wane.run(words, new PrintWriter(out), new PrintWriter(err));
    }
}
