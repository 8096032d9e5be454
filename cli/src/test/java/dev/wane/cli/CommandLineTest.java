package dev.wane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    private static final String[] RECIPE = {
        "explain",
        "--optimizer",
        "adamw",
        "--lr",
        "1e-3",
        "--weight-decay",
        "0.1",
        "--batch-size",
        "128",
        "--dataset-size",
        "50000",
        "--epochs",
        "100",
        "--schedule",
        "cosine"
    };

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** An unset variable of the shell is a mistake, and no missing value. */
    @Test
    void anEmptyOptionIsAProblem() {
        StringWriter problems = new StringWriter();

        int exit = Wane.run(
                new String[] {"explain", "--optimizer", "adamw", "--lr", "", "--batch-size="},
                new PrintWriter(new StringWriter()),
                new PrintWriter(problems, true));

        assertThat(exit).isEqualTo(2);
        assertThat(problems.toString())
                .contains("learningRate is given as an empty text", "batchSize is given as an empty text");
    }

    /** A schedule in epochs has a length only where the data has a size, and the file may leave that to the option. */
    @Test
    void aConfigurationInEpochsTakesTheDataFromTheOption() throws IOException {
        Path file = Files.writeString(
                folder.resolve("args.yaml"),
                "model: yolov8n.yaml\nbatch: 6\nepochs: 150\nimgsz: 640\noptimizer: SGD\nlr0: 0.01\nlrf: 0.01\nnbs: 64\n"
                        + "momentum: 0.937\nweight_decay: 0.0005\nwarmup_epochs: 3.0\ncos_lr: false\n");

        assertThat(wane("explain", file.toString(), "--dataset-size", "6471")).isZero();
        assertThat(out.toString()).contains("= 124.6 epochs = 0.8308 of the run");
    }

    /** Another program's file is read as that program reads it; Wane's own has one meaning. */
    @Test
    void aRecipeGivesEachKeyOnce() throws IOException {
        Path file = Files.writeString(
                folder.resolve("r.yaml"), "optimizer: adamw\nlearningRate: 1e-3\nweightDecay: 0.1\nweightDecay: 0.2\n");

        assertThat(wane("explain", file.toString(), "--batch-size", "8")).isEqualTo(2);
        assertThat(err.toString()).contains("r.yaml:4:14: the key 'weightDecay' is given twice");
    }

    @Test
    void explainPrintsTheContractsDocumentAndNothingElse() {
        assertThat(wane(with(RECIPE, "--json"))).isZero();

        Node.Mapping root = (Node.Mapping) TreeReader.parse("o.json", out.toString());
        assertThat(root.entries())
                .containsOnlyKeys(
                        "version",
                        "recipe",
                        "groups",
                        "memory",
                        "modelEma",
                        "equivalentGrowthPerStep",
                        "intrinsicLearningRate",
                        "notes");
        Node.Mapping group = (Node.Mapping)
                ((Node.Sequence) root.entries().get("groups").value()).items().getFirst();
        assertThat(group.entries())
                .containsOnlyKeys(
                        "name",
                        "convention",
                        "learningRate",
                        "weightDecay",
                        "torchWeightDecay",
                        "decayPerStep",
                        "timescale",
                        "halfLifeSteps",
                        "totalDecay",
                        "retention",
                        "effectiveDecay",
                        "verdict",
                        "equilibrium");
        assertThat(text(group, "decayPerStep")).isEqualTo("1.0E-4");
        assertThat(text((Node.Mapping) group.entries().get("timescale").value(), "epochs"))
                .isEqualTo("25.6");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void undefinedFiguresAreNullWithANote() {
        assertThat(wane("explain", "--optimizer", "adam", "--lr", "1e-3", "--weight-decay", "0.1", "--json"))
                .isZero();

        assertThat(out.toString())
                .contains("\"decayPerStep\" : null", "\"memory\" : null", "\"verdict\" : \"unknown\"")
                .contains("no single decay per step exists", "batchSize is missing");
    }

    @Test
    void optionsOverrideTheFile() throws Exception {
        Path file = Files.writeString(
                folder.resolve("r.toml"),
                "optimizer = \"adamw\"\nlearningRate = 1e-3\nweightDecay = 0.1\nbatchSize = 128\ndatasetSize = 50000\n"
                        + "epochs = 10\n[schedule]\nkind = \"cosine\"\nwarmupSteps = 5\n");

        assertThat(wane("explain", file.toString(), "--steps", "100", "--floor", "0.5", "--betas", "0.8,0.9", "--json"))
                .isZero();

        assertThat(out.toString().replaceAll("\\s", ""))
                .contains("\"steps\":100,", "\"floor\":0.5", "\"warmupSteps\":5", "\"betas\":[0.8,0.9]")
                .doesNotContain("\"epochs\":10");
    }

    @Test
    void textSaysTheConventionAndTheUnit() {
        wane(RECIPE);

        assertThat(out.toString())
                .contains("weight decay 0.1 (decoupled-lr): active", "10000 steps = 25.6 epochs = 0.256 of the run")
                .doesNotContain("\u001b");
    }

    @Test
    void colourIsGivenWhereAskedFor() {
        wane(with(RECIPE, "--color", "always"));

        assertThat(out.toString()).contains("\u001b[1m");
    }

    @Test
    void allProblemsOfTheInputAreSaidAndTheCodeIsTwo() {
        assertThat(wane("explain", "--optimizer", "adamv", "--lr", "-1", "--weight-decay", "nan"))
                .isEqualTo(2);

        assertThat(err.toString())
                .contains(
                        "3 problems", "did you mean 'adamw'", "learningRate must be finite and > 0, got -1", "got nan");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void wrongUsageIsTwo() {
        assertThat(wane("explain", "--learning-rate", "1")).isEqualTo(2);
        assertThat(wane("nonsense")).isEqualTo(2);
        assertThat(wane()).isEqualTo(2);
        assertThat(wane("transfer", "x.yaml", "--workers", "0")).isEqualTo(2);
        assertThat(wane("transfer", "x.yaml", "--on", "mars")).isEqualTo(2);
        assertThat(wane("transfer", "absent.yaml")).isEqualTo(2);
    }

    @Test
    void helpHasAnExample() {
        assertThat(wane("explain", "--help")).isZero();
        assertThat(wane("transfer", "--help")).isZero();
        assertThat(wane("--version")).isZero();

        assertThat(out.toString())
                .contains("wane explain examples/recipe.yaml", "wane transfer examples/fashion-batch.yaml");
    }

    @Test
    void aDryRunTrainsNothing() throws Exception {
        Path file = Files.writeString(folder.resolve("e.yaml"), TinyExperiment.TEXT);

        assertThat(wane(
                        "transfer",
                        file.toString(),
                        "--dry-run",
                        "--out",
                        folder.resolve("out").toString()))
                .isZero();

        assertThat(out.toString()).contains("tune λ at the base", "nothing was trained");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void anEnvironmentThatDoesNotServeIsThree() throws Exception {
        Path file = Files.writeString(folder.resolve("e.yaml"), TinyExperiment.TEXT);
        Path blocked = Files.writeString(folder.resolve("out"), "a file stands here");

        assertThat(wane("transfer", file.toString(), "--out", blocked.toString()))
                .isEqualTo(3);

        assertThat(err.toString()).contains("the output folder", "cannot be written");
    }

    @Test
    void aScheduleOnTheCommandLineReplacesTheFilesWithItsFloor() throws Exception {
        Path file =
                Files.writeString(folder.resolve("r.yaml"), "optimizer: adamw\nschedule: {kind: cosine, floor: 0.1}\n");

        assertThat(wane("explain", file.toString(), "--schedule", "constant")).isZero();
    }

    @Test
    void aDryRunCanBeJson() throws Exception {
        Path file = Files.writeString(folder.resolve("e.yaml"), TinyExperiment.TEXT);

        assertThat(wane("transfer", file.toString(), "--dry-run", "--json")).isZero();
        assertThat(out.toString()).startsWith("{").contains("\"dryRun\" : true");
        assertThat(wane("transfer", file.toString(), "--store", "postgresql://host/db"))
                .isEqualTo(2);
    }

    private int wane(String... arguments) {
        return Wane.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private static String[] with(String[] arguments, String... more) {
        return java.util.stream.Stream.concat(java.util.Arrays.stream(arguments), java.util.Arrays.stream(more))
                .toArray(String[]::new);
    }

    private static String text(Node.Mapping mapping, String key) {
        return ((Node.Scalar) mapping.entries().get(key).value()).text();
    }
}
