package dev.wane.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wane.formats.json.Json;
import dev.wane.formats.json.RecipeJson;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.tree.TreeReader;
import dev.wane.framework.Optimizer;
import dev.wane.recipe.Betas;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
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
                .isEqualTo(new Recipe(
                        Optimizer.TORCH_ADAMW,
                        1e-3,
                        0.1,
                        0,
                        0,
                        false,
                        new Betas(0.9, 0.95),
                        1e-7,
                        128.0,
                        50_000.0,
                        Recipe.Unit.SAMPLES,
                        1L,
                        new RunLength.Epochs(100),
                        true,
                        new Schedule(new ScheduleShape.Cosine(0.1), 500)));
    }

    @Test
    void sgdKeysAreMapped() {
        Recipe recipe = read("optimizer: sgd\nmomentum: 0.9\nnesterov: true\nsteps: 10\nunit: tokens");

        assertThat(recipe.momentum()).isEqualTo(0.9);
        assertThat(recipe.nesterov()).isTrue();
        assertThat(recipe.length()).isEqualTo(new RunLength.Steps(10));
        assertThat(recipe.unit()).isEqualTo(Recipe.Unit.TOKENS);
        assertThat(read("optimizer: sgd\nmomentum: 0.9\ndampening: 0.5\ntokensSeen: 5")
                        .dampening())
                .isEqualTo(0.5);
    }

    @Test
    void defaults() {
        Recipe recipe = read("optimizer: adamw");

        assertThat(recipe)
                .isEqualTo(new Recipe(
                        Optimizer.TORCH_ADAMW,
                        null,
                        null,
                        0,
                        0,
                        false,
                        Betas.DEFAULT,
                        1e-8,
                        null,
                        null,
                        Recipe.Unit.SAMPLES,
                        null,
                        null,
                        false,
                        null));
    }

    @Test
    void jsonHasTheSameKeysAndReadsBack() {
        Recipe recipe = read(COMPLETE);

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
                        "r.yaml:1:12: unknown optimizer 'adamv'; did you mean 'adamw'? Valid: adamw, adam, sgd"),
                Arguments.of(
                        "framework: pytorch\noptimizer: adamw", "unknown framework 'pytorch'; did you mean 'torch'?"),
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
                Arguments.of("optimizer: adamw\nunit: words", "unknown unit 'words'"),
                Arguments.of(
                        "optimizer: adamw\nsequenceLength: 1.5",
                        "sequenceLength must be a whole number >= 1, got '1.5'"),
                Arguments.of("optimizer: adamw\nepochs: 1\nsteps: 2", "give one of epochs, steps, tokensSeen"),
                Arguments.of("optimizer: adamw\nsteps: 0", "steps must be a whole number >= 1"),
                Arguments.of("optimizer: adamw\ntokensSeen: 0", "tokensSeen must be finite and > 0"),
                Arguments.of("optimizer: adamw\ndropLast: maybe", "dropLast must be true or false"),
                Arguments.of("optimizer: adamw\nschedule: cosin", "unknown kind 'cosin'; did you mean 'cosine'?"),
                Arguments.of("optimizer: adamw\nschedule: {warmupSteps: 5}", "schedule needs the key 'kind'"),
                Arguments.of("optimizer: adamw\nschedule: {kind: cosine, floor: 2}", "floor must be in [0, 1], got 2"),
                Arguments.of("optimizer: adamw\nschedule: {kind: constant, floor: 0.1}", "floor has no meaning"),
                Arguments.of(
                        "optimizer: adamw\nsteps: 10\nschedule: {kind: cosine, warmupSteps: 11}",
                        "warmupSteps 11 is longer than the run of 10 steps"),
                Arguments.of("optimizer: adamw\nsteps: 1000000000000", "the most that is followed is 100000000"),
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
