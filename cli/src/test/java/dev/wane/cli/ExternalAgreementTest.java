package dev.wane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wane.data.BalancedSplit;
import dev.wane.data.FashionMnist;
import dev.wane.data.LabelledImages;
import dev.wane.engine.Torch;
import dev.wane.formats.experiment.CommandTaskSpec;
import dev.wane.formats.experiment.Experiment;
import dev.wane.formats.experiment.ExperimentReader;
import dev.wane.formats.json.Json;
import dev.wane.formats.tree.TreeReader;
import dev.wane.lab.command.CommandRunner;
import dev.wane.lab.command.Trialwatch;
import dev.wane.lab.run.LocalExecutor;
import dev.wane.lab.run.TrialListener;
import dev.wane.lab.store.Store;
import dev.wane.lab.trial.CommandTrialSpec;
import dev.wane.lab.trial.EngineRunner;
import dev.wane.lab.trial.EngineTrialSpec;
import dev.wane.lab.trial.Tasks;
import dev.wane.lab.trial.TrialRunner;
import dev.wane.lab.trial.TrialSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.TDistribution;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same sweep by the engine and by a PyTorch script through the external runner: the same images, network, optimizer and
 * schedule, other random numbers. For each λ the means over seeds agree by Welch's interval at 1 % over all three, which is
 * narrow enough to tell one λ from another.
 */
class ExternalAgreementTest {
    private static final List<Double> DECAYS = List.of(0.3, 5.0, 40.0);
    private static final int SEEDS = 6;
    private static final int SAMPLES = 2000;
    private static final int EPOCHS = 8;
    private static final int WIDTH = 64;
    private static final double LEVEL = 1 - 0.01 / 3 / 2;

    @TempDir
    Path folder;

    @BeforeEach
    void needsTorch() throws Exception {
        Python.needsTorch();
    }

    @Test
    void theEngineAndPyTorchAgreeWithinTheNoise() throws Exception {
        Torch.load();
        double[][] engine = new double[DECAYS.size()][];
        double[][] script = new double[DECAYS.size()][];
        try (Store store = Store.open(folder.resolve("wane.db"));
                Trialwatch watch = Trialwatch.start()) {
            CommandRunner commands = commands(watch);
            for (int i = 0; i < DECAYS.size(); i++) {
                double decay = DECAYS.get(i);
                engine[i] = errors(store, new EngineRunner(), seeds(seed -> engine(decay, seed)));
                script[i] = errors(store, commands, seeds(seed -> command(decay, seed)));
            }
        }
        for (int i = 0; i < DECAYS.size(); i++) {
            double half = halfWidth(engine[i], script[i]);
            assertThat(Math.abs(mean(engine[i]) - mean(script[i])))
                    .as(
                            "λ %s: engine %s, script %s",
                            DECAYS.get(i), Arrays.toString(engine[i]), Arrays.toString(script[i]))
                    .isLessThan(half);
            assertThat(half).isLessThan(0.04);
        }
        assertThat(mean(script[2]) - mean(script[1])).isGreaterThan(0.03);
        assertThat(mean(engine[2]) - mean(engine[1])).isGreaterThan(0.03);
    }

    private interface OfSeed {
        TrialSpec spec(int seed);
    }

    private static List<TrialSpec> seeds(OfSeed specs) {
        return IntStream.range(0, SEEDS).mapToObj(specs::spec).toList();
    }

    private static double[] errors(Store store, TrialRunner runner, List<TrialSpec> specs) {
        new LocalExecutor(store, runner, 2, new AtomicBoolean()).run(specs, TrialListener.NONE);
        return specs.stream()
                .mapToDouble(spec -> store.result(spec.id()).orElseThrow().metric("validation.error"))
                .toArray();
    }

    private static TrialSpec engine(double decay, int seed) {
        return new EngineTrialSpec(
                EngineTrialSpec.SCHEMA,
                new EngineTrialSpec.Task("fashion-mnist", Tasks.checksums("fashion-mnist"), SAMPLES, SAMPLES, 0, false),
                new EngineTrialSpec.Model("mlp", "layer", WIDTH, 2, 1e-3, 1),
                new EngineTrialSpec.Recipe(
                        "torch",
                        "adamw",
                        1e-3,
                        decay,
                        List.of(0.9, 0.999),
                        1e-8,
                        50,
                        EPOCHS,
                        new EngineTrialSpec.Schedule("cosine", 0, 0)),
                seed,
                1,
                1);
    }

    private static TrialSpec command(double decay, int seed) {
        return new CommandTrialSpec(
                CommandTrialSpec.SCHEMA,
                List.of("agreement.py"),
                false,
                Map.of(),
                Map.of(),
                "error",
                Map.of("weightDecay", Double.toString(decay), "seed", Integer.toString(seed), "batchSize", "50"),
                50,
                (long) EPOCHS * SAMPLES / 50);
    }

    private CommandRunner commands(Trialwatch watch) throws Exception {
        try (var in = Objects.requireNonNull(ExternalAgreementTest.class.getResourceAsStream("agreement.py"))) {
            Files.writeString(folder.resolve("agreement.py"), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        LabelledImages images = FashionMnist.training();
        BalancedSplit split = BalancedSplit.of(images.labels(), images.classes(), SAMPLES, SAMPLES);
        Files.writeString(
                folder.resolve("split.json"),
                Json.compact(Json.object("training", list(split.training()), "validation", list(split.validation()))));
        for (String name : List.of("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz")) {
            try (var in = Objects.requireNonNull(FashionMnist.class.getResourceAsStream("fashion-mnist/" + name))) {
                Files.copy(in, folder.resolve(name));
            }
        }
        Files.writeString(folder.resolve("e.yaml"), """
                {name: agreement, task: {
                  command: "/usr/bin/python3 agreement.py --lr 1e-3 --wd {weightDecay} --batch {batchSize} --epochs %d --width %d --seed {seed}\
                 --data %s --out {dir}",
                  metric: {from: metrics.jsonl, name: error, unit: share}, samples: %d},
                 base: {optimizer: adamw, learningRate: 1e-3, batchSize: 50, epochs: %d},
                 tune: {weightDecay: {from: 0.1, to: 1, factor: 2}}, margin: 0.01,
                 targets: [{batchSize: 100, learningRateRule: constant}]}
                """.formatted(EPOCHS, WIDTH, folder, SAMPLES, EPOCHS));
        Experiment experiment = ExperimentReader.read(TreeReader.read(folder.resolve("e.yaml")), Map.of());
        return new CommandRunner(
                (CommandTaskSpec) experiment.task(), experiment.metric(), folder.resolve("trials"), 2, watch);
    }

    private static List<Integer> list(int[] indices) {
        return Arrays.stream(indices).boxed().toList();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    /** Of the interval for the difference of two means (Welch 1947). */
    private static double halfWidth(double[] a, double[] b) {
        double first = variance(a) / a.length;
        double second = variance(b) / b.length;
        double freedom =
                Math.pow(first + second, 2) / (first * first / (a.length - 1) + second * second / (b.length - 1));
        return new TDistribution(freedom).inverseCumulativeProbability(LEVEL) * Math.sqrt(first + second);
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / (values.length - 1);
    }
}
