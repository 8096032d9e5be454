package dev.wane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
    private static final String[] RECIPE = {
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
        "100"
    };

    private static final String BASE =
            "--optimizer adamw --lr 1e-3 --weight-decay 0.1 --batch-size 128 --dataset-size 50000 --epochs 100";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void planPrintsTheContractsDocument() {
        assertThat(plan("--target", "batch-size=1024", "--json")).isZero();

        Node.Mapping root = (Node.Mapping) TreeReader.parse("o.json", out.toString());
        assertThat(root.entries()).containsKeys("version", "base", "target", "alternatives", "spread", "warnings");
        Node.Mapping first = (Node.Mapping)
                ((Node.Sequence) root.entries().get("alternatives").value())
                        .items()
                        .getFirst();
        assertThat(first.entries())
                .containsKeys(
                        "law",
                        "lrRule",
                        "learningRate",
                        "weightDecay",
                        "torchWeightDecay",
                        "betas",
                        "eps",
                        "timescale",
                        "recommended",
                        "applicable",
                        "reason",
                        "formula",
                        "source",
                        "validity");
        assertThat(out.toString()).contains("\"lrRule\" : \"sqrt\"").doesNotContain("NaN");
    }

    @Test
    void oneLawCanBeAskedFor() {
        assertThat(plan("--target", "batch-size=1024", "--lr-rule", "constant", "--law", "retention"))
                .isZero();

        assertThat(out.toString())
                .contains("retention", "0.7997", "recommended instead: constant-timescale")
                .doesNotContain("independent");
    }

    @Test
    void theDerivationIsPrintedOnRequest() {
        assertThat(plan("--target", "width-multiplier=8", "--explain")).isZero();

        assertThat(out.toString())
                .contains("decays by d₁ = 0.000100000 per step", "width m = 8", "* mup-width", "arXiv:2510.15262");
    }

    @Test
    void everyProblemIsSaidAtOnce() {
        assertThat(
                        line(
                                "plan --optimizer adamv --lr -1 --target batch-size=0 --target foo=1 --target epochs --lr-rule cubic"))
                .isEqualTo(2);

        assertThat(err.toString())
                .contains("7 problems", "a plan needs weightDecay (--weight-decay)")
                .contains("unknown optimizer 'adamv'; did you mean 'adamw'?")
                .contains("learningRate must be finite and > 0, got -1")
                .contains("batch-size must be finite and > 0, got 0")
                .contains("unknown key 'foo' in --target")
                .contains("--target must be key=value, got 'epochs'")
                .contains("--lr-rule must be one of constant, sqrt, linear, got 'cubic'");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aBaseWithoutItsNumbersIsRefused() {
        assertThat(wane("plan", "--optimizer", "adamw", "--target", "batch-size=2"))
                .isEqualTo(2);

        assertThat(err.toString())
                .contains("a plan needs learningRate (--lr)", "a plan needs weightDecay (--weight-decay)");
    }

    @Test
    void aPresetIsABase() {
        assertThat(wane("plan", "--preset", "resnet50-imagenet", "--target", "batch-size=2048"))
                .isZero();

        assertThat(out.toString()).contains("* constant-timescale   0.8          1e-4");
    }

    /** Accumulating and adding devices are the same as a larger batch. */
    @Test
    void thePartsOfABatchCanChange() {
        String[] base = {
            "plan", "--optimizer", "adamw", "--lr", "1e-3", "--weight-decay", "0.1", "--micro-batch-size", "16",
            "--replicas", "8", "--dataset-size", "50000", "--epochs", "100", "--model-ema", "0.999", "--json"
        };
        for (String change : List.of("replicas=64", "accumulation=8", "micro-batch-size=128")) {
            assertThat(wane(Stream.concat(Stream.of(base), Stream.of("--target", change))
                            .toArray(String[]::new)))
                    .isZero();
            Node.Mapping target = (Node.Mapping) ((Node.Mapping) TreeReader.parse("o.json", out.toString()))
                    .entries()
                    .get("target")
                    .value();
            assertThat(((Node.Scalar) target.entries().get("batchSize").value()).text())
                    .isEqualTo("1024.0");
            assertThat(((Node.Scalar) target.entries().get("modelEma").value()).text())
                    .isEqualTo(Double.toString(Math.pow(0.999, 8)));
            out.getBuffer().setLength(0);
        }
    }

    @Test
    void aWidthPlanNamesItsWarmup() {
        assertThat(plan("--target", "width-multiplier=8", "--explain")).isZero();

        assertThat(out.toString())
                .contains("a warm-up of the relative update from 1/8.00000 of it, at 90.0000 % after");
    }

    @Test
    void aStateTakesNothingButABatch() throws Exception {
        Path state = Files.writeString(folder.resolve("s.json"), "{}");

        assertThat(wane(
                        "plan",
                        "--rescale",
                        state.toString(),
                        "--batch-size",
                        "8",
                        "--lr-rule",
                        "linear",
                        "--keep",
                        "steps"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--rescale takes --batch-size alone, not --lr-rule, --keep");
    }

    /** What belongs to a schedule can be given with it, and τ of the base is the default of inverse-time. */
    @Test
    void aTargetCanHaveAnySchedule() {
        assertThat(plan("--target", "schedule=wsd", "--target", "decay-steps=1000", "--json"))
                .isZero();
        assertThat(plan("--target", "schedule=inverse-time", "--json")).isZero();

        assertThat(out.toString()).contains("\"kind\" : \"wsd\"", "\"decaySteps\" : 1000", "\"decaySteps\" : 10000.0");
    }

    @Test
    void aGivenLearningRateFollowsNoRule() {
        assertThat(plan("--target", "batch-size=1024", "--target", "lr=5e-4", "--json"))
                .isZero();

        assertThat(out.toString()).contains("\"lrRule\" : \"given\"");
    }

    @Test
    void anotherScheduleReplacesThePresets() {
        assertThat(wane("explain", "--preset", "resnet50-imagenet", "--schedule", "cosine"))
                .isZero();
        assertThat(wane("explain", "--lr", "0.1", "--optimizer", "sgd", "--regularizer", "l2"))
                .isEqualTo(2);

        assertThat(err.toString()).contains("torch has no regularizer: its optimizers decay by themselves");
    }

    @Test
    void presetsAndFrameworksAreListed() {
        assertThat(wane("presets")).isZero();
        assertThat(wane("presets", "--json")).isZero();
        assertThat(wane("frameworks", "pytorch")).isZero();
        assertThat(wane("frameworks", "keras", "--json")).isZero();
        assertThat(wane("frameworks", "kera")).isEqualTo(2);

        assertThat(out.toString()).contains("gpt2-124m", "(unchecked)", "adamw", "\"convention\" : \"penalty\"");
        assertThat(err.toString()).contains("unknown framework 'kera'; did you mean 'keras'?");
    }

    @Test
    void rescaleGivesItsStateBack() throws Exception {
        Path state = Files.writeString(folder.resolve("state.json"), """
                {"reference": {"optimizer": "adamw", "learningRate": 3e-4, "weightDecay": 0.1, "batchSize": 256},
                 "samplesSeen": 1000, "policy": {"criticalBatch": 2048}}
                """);

        assertThat(wane("plan", "--rescale", state.toString(), "--batch-size", "1024", "--json"))
                .isZero();
        Node.Mapping there = (Node.Mapping) TreeReader.parse("o.json", out.toString());
        assertThat(there.entries())
                .containsOnlyKeys(
                        "version",
                        "learningRate",
                        "weightDecay",
                        "weightDecaySchedule",
                        "betas",
                        "eps",
                        "modelEma",
                        "warmupSteps",
                        "scheduleMultiplier",
                        "learningRateNow",
                        "schedule",
                        "accepted",
                        "reason",
                        "warnings",
                        "state");
        assertThat(out.toString()).contains("\"weightDecay\" : 0.2,", "\"samplesSeen\" : 1000.0");

        Path next = Files.writeString(folder.resolve("next.json"), stateOf(out.toString()));
        out.getBuffer().setLength(0);
        assertThat(wane("plan", "--rescale", next.toString(), "--batch-size", "256", "--json"))
                .isZero();
        assertThat(out.toString()).contains("\"learningRate\" : 3.0E-4,", "\"weightDecay\" : 0.1,");

        assertThat(wane("plan", "--rescale", next.toString(), "--batch-size", "4096"))
                .isZero();
        assertThat(out.toString()).contains("refused: batch 4096.0 is beyond the critical batch 2048.0");
    }

    @Test
    void aBrokenStateIsRefusedWithEveryProblem() throws Exception {
        Path state = Files.writeString(
                folder.resolve("state.json"),
                "{\"reference\": {\"optimizer\": \"adamw\"}, \"samplesSeen\": -1, \"policy\": {\"scaleBetas\": 3}}");

        assertThat(wane("plan", "--rescale", state.toString(), "--batch-size", "256"))
                .isEqualTo(2);

        assertThat(err.toString())
                .contains("reference needs the key 'learningRate'", "reference needs the key 'batchSize'")
                .contains("samplesSeen must be finite and >= 0, got -1", "scaleBetas must be true or false");
    }

    @Test
    void explainDrawsTheRun() throws Exception {
        Path svg = folder.resolve("run.svg");
        Path png = folder.resolve("run.png");

        assertThat(explain("--schedule", "cosine", "--plot", svg.toString())).isZero();
        assertThat(explain("--schedule", "cosine", "--plot", png.toString())).isZero();

        assertThat(Files.readString(svg)).contains("<svg", "Memory of the final weights", "Predicted weight size");
        assertThat(Files.readAllBytes(png)).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void whatCannotBeDrawnIsSaid() {
        assertThat(explain("--plot", "run.pdf")).isEqualTo(2);
        assertThat(line("explain --optimizer adam --lr 1e-3 --weight-decay 0.1 --plot x.svg"))
                .isEqualTo(2);

        assertThat(err.toString())
                .contains("--plot must end in .svg or .png, got 'run.pdf'", "--plot needs learningRate");
    }

    private int explain(String... arguments) {
        return wane(Stream.of(new String[] {"explain"}, RECIPE, arguments)
                .flatMap(Stream::of)
                .toArray(String[]::new));
    }

    /** The last member of the document, which is an object. */
    private static String stateOf(String json) {
        return json.substring(json.indexOf('{', json.indexOf("\"state\"")), json.lastIndexOf('}'));
    }

    private int plan(String... arguments) {
        return wane(Stream.of(new String[] {"plan"}, RECIPE, arguments)
                .flatMap(Stream::of)
                .toArray(String[]::new));
    }

    private int line(String words) {
        return wane(words.split(" ", -1));
    }

    private int wane(String... arguments) {
        return Wane.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    @Test
    void aBatchHasItsPriceAgainstTheCriticalOne() {
        assertThat(wane(
                        "plan",
                        "--preset",
                        "resnet50-imagenet",
                        "--target",
                        "batch-size=1024",
                        "--critical-batch",
                        "1024"))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "a batch of 1024 against a critical batch of 1024: the same loss takes 2.00 × the fewest samples and 2.00 ×");

        assertThat(line("plan --preset resnet50-imagenet --target batch-size=1024 --loss 3 --critical-batch -1"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("2 problems", "--loss gives a batch in tokens", "--critical-batch must be finite and > 0");
    }

    @Test
    void anotherScheduleKeepsTheWarmUp() {
        assertThat(
                        line(
                                "plan --optimizer adamw --lr 1e-3 --weight-decay 0.1 --batch-size 100 --dataset-size 10000 --epochs 100 --schedule cosine --warmup-steps 1000 --target schedule=linear --target batch-size=200 --json"))
                .isZero();
        assertThat(out.toString()).containsPattern("\"kind\" : \"linear\",\\s+\"warmupSteps\" : 500");
    }

    @Test
    void anUnknownPresetHidesNoOtherProblem() {
        assertThat(wane("plan", "--preset", "gpt2", "--lr", "-1", "--target", "batch-size=0"))
                .isEqualTo(2);

        assertThat(err.toString())
                .contains("3 problems", "did you mean 'gpt2-124m'?", "learningRate must be", "batch-size must be");
    }

    /** λ that rises fourfold goes on to rise fourfold from where the law puts it. */
    @Test
    void aMovingWeightDecayEndsWhereEachLawPutsIt() {
        String words =
                "plan " + BASE + " --weight-decay-schedule cosine --weight-decay-end 0.4 --target batch-size=512";
        assertThat(line(words)).isZero();
        assertThat(out.toString())
                .contains("λ above is where it starts; it moves (cosine) to 4 times that: constant-timescale 0.8");
        out.getBuffer().setLength(0);
        assertThat(line(words + " --json")).isZero();
        assertThat(out.toString())
                .containsPattern(
                        "\"weightDecay\" : 0\\.2,\\s+\"weightDecaySchedule\" : \\{\\s+\"kind\" : \"cosine\",\\s+\"end\" : 0\\.8");
        Node.Mapping plan = (Node.Mapping) TreeReader.parse("o.json", out.toString());
        assertThat(((Node.Mapping) plan.entries().get("target").value()).entries())
                .doesNotContainKeys("weightDecay", "weightDecaySchedule");
    }

    @Test
    void aTargetThatIsNoRunIsRefused() {
        assertThat(
                        line(
                                "plan " + BASE
                                        + " --schedule cosine --warmup-steps 300 --target batch-size=60000 --target warmup-steps=20000"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "2 problems",
                        "is larger than its data set of 50000",
                        "warmupSteps 20000 is longer than the run of 100");
        assertThat(line("explain --optimizer adamw --lr 1e-3 --steps 1000 --schedule wsd --decay-steps 5000"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("decaySteps 5000 are longer than the run of 1000 steps");
    }

    @Test
    void anOptimizerOfAnotherFrameworkIsFound() {
        assertThat(wane("explain", "--optimizer", "lion", "--lr", "1e-4")).isEqualTo(2);
        assertThat(err.toString())
                .contains("torch has no optimizer 'lion'; --framework may name one that has it: keras, optax");
    }
}
