package dev.wane.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wane.decay.CoupledSgd;
import dev.wane.formats.json.Json;
import dev.wane.formats.json.RecipeJson;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.tree.TreeReader;
import dev.wane.framework.Registry;
import dev.wane.recipe.BatchParts;
import dev.wane.recipe.Betas;
import dev.wane.recipe.ModelEma;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecipeReaderTest {
    private static final String COMPLETE = """
            framework: torch
            optimizer: adamw
            learningRate: 1e-3
            weightDecay: 0.1
            betas: [0.9, 0.95]
            eps: 1e-7
            batchSize: 128
            datasetSize: 50_000
            unit: samples
            sequenceLength: 1
            epochs: 100
            dropLast: true
            schedule: {kind: cosine, warmupSteps: 500, floor: 0.1}
            """;

    @Test
    void everyKeyIsMapped() {
        assertThat(read(COMPLETE))
                .isEqualTo(Recipe.of(Registry.get("torch", "adamw"))
                        .learningRate(1e-3)
                        .weightDecay(0.1)
                        .betas(new Betas(0.9, 0.95))
                        .epsilon(1e-7)
                        .batchSize(128.0)
                        .datasetSize(50_000.0)
                        .sequenceLength(1L)
                        .length(new RunLength.Epochs(100))
                        .dropLast(true)
                        .schedule(new Schedule(new Cosine(0.1), 500))
                        .build());
    }

    @Test
    void whatARunReallyDoesIsMapped() {
        Recipe recipe = read(
                "optimizer: adamw\nmicroBatchSize: 4\naccumulation: 2\nreplicas: 8\nskippedSteps: 3\n"
                        + "cautious: true\nbfloat16Weights: true\nmodelEma: 0.999\nsteps: 10\nlearningRate: 1e-3\nweightDecay: 0.1");

        assertThat(recipe.batchParts()).isEqualTo(new BatchParts(4, 2, 8));
        assertThat(recipe.batchSize()).isEqualTo(64);
        assertThat(recipe.skippedSteps()).isEqualTo(3);
        assertThat(recipe.cautious()).isTrue();
        assertThat(recipe.bfloat16Weights()).isTrue();
        assertThat(recipe.modelEma()).isEqualTo(new ModelEma(0.999));
        assertThat(read(Json.pretty(RecipeJson.of(recipe))))
                .isEqualTo(recipe.but().schedule(Schedule.constant()).build());
    }

    @Test
    void sgdKeysAreMapped() {
        Recipe recipe = read("optimizer: sgd\nmomentum: 0.9\nnesterov: true\nsteps: 10\nunit: tokens");

        assertThat(recipe.momentum()).isEqualTo(new CoupledSgd(0.9, 0, true));
        assertThat(recipe.length()).isEqualTo(new RunLength.Steps(10));
        assertThat(recipe.unit()).isEqualTo(Recipe.Unit.TOKENS);
        assertThat(read("optimizer: sgd\nmomentum: 0.9\ndampening: 0.5\ntokensSeen: 5")
                        .momentum()
                        .dampening())
                .isEqualTo(0.5);
    }

    @Test
    void frameworksHaveAliases() {
        assertThat(read("framework: PyTorch\noptimizer: adamw")).isEqualTo(read("optimizer: adamw"));
    }

    @Test
    void defaults() {
        Recipe recipe = read("optimizer: adamw");

        assertThat(recipe).isEqualTo(Recipe.of(Registry.get("torch", "adamw")).build());
    }

    static Stream<String> complete() {
        String run = "weightDecay: 0.1\nlearningRate: 1e-3\nsteps: 1000\n";
        return Stream.of(
                COMPLETE,
                run + "optimizer: adamw\nschedule: {kind: wsd, warmupSteps: 10, decaySteps: 100, floor: 0.1}",
                run + "optimizer: adamw\nschedule: inverse-time",
                run + "optimizer: adamw\nschedule: {kind: inverse-sqrt, warmupSteps: 10}",
                run + "optimizer: adamw\nschedule: {kind: cosine-restarts, decaySteps: 100, growth: 2, floor: 0.1}",
                run + "optimizer: adamw\nschedule: {kind: piecewise, points: [[0, 1], [500, 0.1]]}",
                run + "optimizer: adamw\nschedule: {kind: interpolated, points: [[0, 1], [500, 0.1]]}",
                run
                        + "optimizer: lion\nframework: optax\nweightDecaySchedule: {kind: cosine, end: 0.4}\nschedule: constant",
                run + "optimizer: sgd\nmomentum: 0.9\nframework: keras\nregularizer: l2\nschedule: constant",
                run + "optimizer: l2\nframework: keras\nschedule: constant",
                run + "optimizer: adamw\nparameters: 1e9\nwidthMultiplier: 4\ndepthMultiplier: 2\nschedule: constant");
    }

    @ParameterizedTest
    @MethodSource("complete")
    void jsonHasTheSameKeysAndReadsBack(String text) {
        Recipe recipe = read(text);

        String json = Json.pretty(RecipeJson.of(recipe));

        assertThat(RecipeReader.read(TreeReader.parse("r.json", json))).isEqualTo(recipe);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(
                        "optimizer: adamw\nlearningrate: 1",
                        "r.yaml:2:1: unknown key 'learningrate' in a recipe; did you mean 'learningRate'?"),
                Arguments.of(
                        "optimizer: adamv",
                        "r.yaml:1:12: unknown optimizer 'adamv'; did you mean 'adamw'? Valid: sgd, adam, adamw,"),
                Arguments.of("framework: kera\noptimizer: adamw", "unknown framework 'kera'; did you mean 'keras'?"),
                Arguments.of("learningRate: 1", "a recipe needs the key 'optimizer'"),
                Arguments.of("optimizer: adamw\nlearningRate: .nan", "learningRate must be finite and > 0, got .nan"),
                Arguments.of("optimizer: adamw\nlearningRate: -.inf", "learningRate must be finite and > 0, got -.inf"),
                Arguments.of(
                        "optimizer: adamw\nlearningRate: fast",
                        "learningRate must be a number finite and > 0, got 'fast'"),
                Arguments.of("optimizer: adamw\nlearningRate: \"1e-3\"", "learningRate must be a number"),
                Arguments.of("optimizer: adamw\nweightDecay: 1e999", "weightDecay must be finite and >= 0, got 1e999"),
                Arguments.of("optimizer: adamw\nweightDecay: -1", "weightDecay must be finite and >= 0, got -1"),
                Arguments.of("optimizer: sgd\nmomentum: 1", "momentum must be in [0, 1), got 1"),
                Arguments.of("optimizer: sgd\ndampening: 2", "dampening must be in [0, 1), got 2"),
                Arguments.of("optimizer: sgd\nnesterov: true", "nesterov needs momentum > 0 and dampening 0"),
                Arguments.of("optimizer: sgd\nnesterov: yes", "nesterov must be true or false, got 'yes'"),
                Arguments.of("optimizer: adamw\nbetas: [0.9]", "betas must be two numbers in [0, 1), got 1"),
                Arguments.of("optimizer: adamw\nbetas: [0.9, 1.5]", "betas must be in [0, 1), got 1.5"),
                Arguments.of("optimizer: adamw\neps: 0", "eps must be finite and > 0, got 0"),
                Arguments.of("optimizer: adamw\nbatchSize: 0", "batchSize must be finite and > 0, got 0"),
                Arguments.of(
                        "optimizer: adamw\nbatchSize: 11\ndatasetSize: 10",
                        "batchSize 11 is larger than datasetSize 10"),
                Arguments.of("optimizer: adamw\nmicroBatchSize: -4", "microBatchSize must be finite and > 0, got -4"),
                Arguments.of(
                        "optimizer: adamw\nbatchSize: 100\nmicroBatchSize: 4\nreplicas: 8",
                        "batchSize 100.0 is not microBatchSize 4.0 · accumulation 1 · replicas 8 = 32.0"),
                Arguments.of(
                        "optimizer: adamw\nmicroBatchSize: 4\nreplicas: 0",
                        "replicas must be a whole number >= 1, got '0'"),
                Arguments.of("optimizer: adamw\naccumulation: 2", "accumulation needs microBatchSize"),
                Arguments.of(
                        "optimizer: adamw\nsteps: 10\nskippedSteps: 10",
                        "skippedSteps 10 leaves nothing of the run of 10 steps"),
                Arguments.of("optimizer: sgd\ncautious: true", "cautious decay is decoupled, and that of torch sgd"),
                Arguments.of("optimizer: adamw\nmodelEma: 1", "modelEma must be in [0, 1), got 1"),
                Arguments.of("optimizer: adamw\nstart: warm", "unknown start 'warm'"),
                Arguments.of("optimizer: adamw\nunit: words", "unknown unit 'words'"),
                Arguments.of(
                        "optimizer: adamw\nsequenceLength: 1.5",
                        "sequenceLength must be a whole number >= 1, got '1.5'"),
                Arguments.of("optimizer: adamw\nepochs: 1\nsteps: 2", "give one of epochs, steps, tokensSeen"),
                Arguments.of("optimizer: adamw\nsteps: 0", "steps must be a whole number >= 1"),
                Arguments.of("optimizer: adamw\ntokensSeen: 0", "tokensSeen must be finite and > 0"),
                Arguments.of(
                        "optimizer: adamw\nlearningRate: 1e-3\nweightDecay: 0.1\nweightDecaySchedule: {kind: cosine, end: 5000}",
                        "the decay per step must be < 1, and λ moves to where it is 5"),
                Arguments.of("optimizer: adamw\nsamplesSeen: -1", "samplesSeen must be finite and > 0"),
                Arguments.of("optimizer: adamw\ndropLast: maybe", "dropLast must be true or false"),
                Arguments.of("optimizer: adamw\nbfloat16Weights: 2", "bfloat16Weights must be true or false"),
                Arguments.of("optimizer: adamw\nschedule: {floor: 2}", "floor must be in [0, 1], got 2"),
                Arguments.of("optimizer: adamw\nschedule: cosin", "unknown kind 'cosin'; did you mean 'cosine'?"),
                Arguments.of("optimizer: adamw\nschedule: {warmupSteps: 5}", "schedule needs the key 'kind'"),
                Arguments.of("optimizer: adamw\nschedule: {kind: cosine, floor: 2}", "floor must be in [0, 1], got 2"),
                Arguments.of("optimizer: adamw\nschedule: {kind: constant, floor: 0.1}", "floor has no meaning"),
                Arguments.of(
                        "optimizer: adamw\nsteps: 10\nschedule: {kind: cosine, warmupSteps: 11}",
                        "warmupSteps 11 is longer than the run of 10 steps"),
                Arguments.of("optimizer: adamw\nsteps: 1000000000000", "the most that is followed is 100000000"),
                Arguments.of("framework: kera\noptimizer: adamw", "unknown framework 'kera'; did you mean 'keras'?"),
                Arguments.of("framework: keras\nregularizer: l3", "unknown regularizer 'l3'; did you mean 'l2'?"),
                Arguments.of(
                        "optimizer: adamw\nlearningRate: 10\nweightDecay: 0.1",
                        "the decay per step must be < 1, got 1.0 from learningRate 10.0 and weightDecay 0.1 (decoupled-lr)"),
                Arguments.of(
                        "optimizer: adamw\nweightDecay: 0.04\nweightDecaySchedule: {kind: cosine}",
                        "weightDecaySchedule needs the key 'end'"),
                Arguments.of(
                        "optimizer: adamw\nweightDecay: 0\nweightDecaySchedule: {kind: cosine, end: 1}",
                        "weightDecaySchedule needs weightDecay > 0 to start from"),
                Arguments.of("optimizer: adamw\nparameters: 0", "parameters must be finite and > 0, got 0"),
                Arguments.of("optimizer: adamw\nwidthMultiplier: -1", "widthMultiplier must be finite and > 0, got -1"),
                Arguments.of("optimizer: adamw\ndepthMultiplier: .nan", "depthMultiplier must be finite and > 0"),
                Arguments.of("optimizer: adamw\nschedule: wsd", "a wsd schedule needs the key 'decaySteps'"),
                Arguments.of(
                        "optimizer: adamw\nschedule: {kind: cosine, decaySteps: 5}",
                        "decaySteps has no meaning under a cosine schedule"),
                Arguments.of(
                        "optimizer: adamw\nschedule: inverse-time",
                        "this schedule needs decaySteps, or learningRate and weightDecay, which give 1/d"),
                Arguments.of("optimizer: adamw\nschedule: inverse-sqrt", "needs decaySteps, or warmupSteps"),
                Arguments.of(
                        "optimizer: adamw\nschedule: {kind: cosine-restarts, decaySteps: 5, growth: 0.5}",
                        "growth must be >= 1, got 0.5"),
                Arguments.of(
                        "optimizer: adamw\nschedule: {kind: piecewise, points: [[0, 1], [0, 0.1]]}",
                        "the steps of points must rise, got 0 before 0"),
                Arguments.of(
                        "optimizer: adamw\nschedule: {kind: interpolated, points: [[0.5, 1]]}",
                        "a point must be [step, share of the peak]"),
                Arguments.of("[1, 2]", "a recipe must be a mapping of keys to values, got a list"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void wrongInputIsNamed(String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(InputException.class).hasMessageContaining(message);
    }

    @Test
    void everyKeyIsRejectedSomewhere() {
        List<String> rejected =
                wrong().map(arguments -> (String) arguments.get()[0]).toList();

        assertThat(RecipeReader.KEYS).allMatch(key -> rejected.stream().anyMatch(text -> text.contains(key + ":")));
    }

    @Test
    void allProblemsAreSaidAtOnce() {
        assertThatThrownBy(() -> read("optimizer: adamv\nlearningRate: -1\nbatch: 3"))
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.problems()).hasSize(3));
    }

    private static Recipe read(String yaml) {
        return RecipeReader.read(TreeReader.parse("r.yaml", yaml));
    }
}
