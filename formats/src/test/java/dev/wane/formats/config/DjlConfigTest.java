package dev.wane.formats.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wane.formats.lint.Linter;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.lang.module.ModuleDescriptor.Version;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DjlConfigTest {
    private static final String TRAIN = """
            package com.example;

            import ai.djl.training.*;

            public final class TrainMnist {
                private static final int BATCH = 4 * 32;

                public static void main(String[] args) throws Exception {
                    Mnist train = Mnist.builder().optUsage(Usage.TRAIN).setSampling(BATCH, true).build();
                    Mnist test = Mnist.builder().optUsage(Usage.TEST).setSampling(BATCH, false).build();
                    %s
                    try (Model model = Model.newInstance("mlp"); Trainer trainer = model.newTrainer(config)) {
                        EasyTrain.fit(trainer, 10, train, test);
                    }
                }
            }
            """;

    private static final String ADAM_W = """
            float rate = 3e-4f;
            Tracker tracker = Tracker.warmUp().optWarmUpSteps(100)
                    .setMainTracker(CosineTracker.builder().setBaseValue(rate).optFinalValue(0f).setMaxUpdates(4000).build())
                    .build();
            TrainingConfig config = new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                    .optOptimizer(Optimizer.adamW().optLearningRateTracker(tracker).optWeightDecays(0.05f).optBeta2(0.98f).build());
            """;

    /** Whole numbers and others are kept apart; another class's constant, and what a branch calls, are not known. */
    @Test
    void whatJavaWouldNotComputeSoIsNotComputedSo() {
        String own =
                "Optimizer.Builder b = Optimizer.adamW().optLearningRateTracker(Tracker.fixed(%s)).optWeightDecays(%s); %s"
                        + " TrainingConfig config = new DefaultTrainingConfig(Loss.l2Loss()).optOptimizer(b.build());";

        assertThat(read(own.formatted("(float) BATCH / 256 * 0.001f", "0.1f", ""), Map.of())
                        .resolution()
                        .number("learningRate"))
                .isEqualTo(5e-4, within(1e-12));
        assertThat(read(own.formatted("0.5f * 2 / 1000", "0.1f", ""), Map.of())
                        .resolution()
                        .number("learningRate"))
                .isEqualTo(1e-3, within(1e-12));
        assertThat(read(own.formatted("1e-3f", "Settings.BATCH", ""), Map.of())
                        .resolution()
                        .number("weightDecay"))
                .isNull();
        assertThat(read(own.formatted("1e-3f", "0.1f", "if (args.length > 1) { b.optWeightDecays(0.5f); }"), Map.of())
                        .resolution()
                        .number("weightDecay"))
                .isNull();
    }

    /** Each name stands twice in the next one, and one leads to itself. */
    @Test
    @Timeout(10)
    void namesThatGrowEndSoon() {
        StringBuilder block = new StringBuilder("int width = a.width * b.width; NDArray y0 = f();\n");
        for (int i = 1; i < 60; i++) {
            block.append("NDArray y%d = y%d.add(f(y%d));%n".formatted(i, i - 1, i - 1));
        }
        ResolvedConfig config = read(block + ADAM_W, Map.of());
        assertThat(config.resolution().number("weightDecay")).isEqualTo(0.05, within(1e-15));
    }

    @Test
    void aTrainersBuildersAreRead() {
        ResolvedConfig config = read(ADAM_W, Map.of());
        assertThat(config.format()).isEqualTo("djl");
        assertThat(config.resolution().text("optimizer")).isEqualTo("adamw");
        assertThat(config.resolution().number("learningRate")).isEqualTo(3e-4, within(1e-15));
        assertThat(config.resolution().number("weightDecay")).isEqualTo(0.05, within(1e-15));
        assertThat(config.resolution().number("beta2")).isEqualTo(0.98, within(1e-15));
        assertThat(config.resolution().number("batchSize")).isEqualTo(128);
        assertThat(config.resolution().number("epochs")).isEqualTo(10);
        assertThat(config.resolution().origin("weightDecay").text()).isEqualTo("TrainMnist.java:16:89 optWeightDecays");
        assertThat(config.resolution().text("schedule")).isEqualTo("interpolated after 100 warm-up steps");
        assertThat(rules(config)).containsExactlyInAnyOrder("decayed-1d", "inert-decay");
    }

    @Test
    void whatTheOptimizerIsToldNothingOfIsItsDefault() {
        ResolvedConfig config = read("TrainingConfig config = new DefaultTrainingConfig(Loss.l2Loss());", Map.of());
        assertThat(config.resolution().text("optimizer")).isEqualTo("adam");
        assertThat(config.resolution().number("learningRate")).isEqualTo(1e-3);
        assertThat(config.resolution().number("weightDecay")).isEqualTo(0);
        assertThat(config.resolution().origin("learningRate").text()).isEqualTo("default of DJL");
    }

    @Test
    void whatDependsOnMoreThanTheFileIsNotKnown() {
        ResolvedConfig config = read("""
                int size = Integer.parseInt(args[0]);
                var config = new DefaultTrainingConfig(loss).optOptimizer(
                    Optimizer.sgd().setLearningRateTracker(Tracker.fixed(Float.parseFloat(args[1]))).optMomentum(0.9f).build());
                var more = Mnist.builder().setSampling(size, true);
                """, Map.of());
        assertThat(config.resolution().text("optimizer")).isEqualTo("sgd");
        assertThat(config.resolution().number("momentum")).isEqualTo(0.9, within(1e-15));
        assertThat(config.resolution().number("learningRate")).isNull();
        assertThat(config.resolution().number("batchSize")).isNull();
        ResolvedConfig two = read("var a = Optimizer.sgd(); var b = Optimizer.adam();", Map.of());
        assertThat(two.resolution().text("optimizer")).isNull();
    }

    @Test
    void aBuilderThatIsHeldByAVariableIsFollowed() {
        ResolvedConfig config = read("""
                Adam.Builder builder = Optimizer.adam();
                builder.optLearningRateTracker(Tracker.fixed(0.01f));
                builder.optWeightDecays(1e-4f);
                """, Map.of());
        assertThat(config.resolution().number("learningRate")).isEqualTo(0.01, within(1e-15));
        assertThat(config.resolution().number("weightDecay")).isEqualTo(1e-4, within(1e-15));
        assertThat(rules(config)).contains("adaptive-l2");
    }

    @Test
    void theLibrarysOwnTrapsAreFoundUpToTheVersionThatWasRun() {
        String text = """
                var config = new DefaultTrainingConfig(loss).optDevices(Engine.getInstance().getDevices(4))
                    .optOptimizer(Optimizer.adamW().setRescaleGrad(1f / 128).optClipGrad(1f)
                        .optLearningRateTracker(Tracker.cosine().setBaseValue(1e-3f).setMaxUpdates(100).build()).build());
                """;
        assertThat(rules(read(text, Map.of())))
                .contains("djl-cosine-final", "djl-one-sided-clip", "djl-rescaled-gradient", "djl-summed-gradients");
        assertThat(rules(read(text, Map.of("djl", Version.parse("0.36.0"))))).doesNotContain("djl-one-sided-clip");
    }

    @Test
    void aPenaltyBesideTheLossIsTwiceItsNumber() {
        ResolvedConfig config = read("""
                var penalty = new L2WeightDecay("l2", parameters, 0.01f);
                var optimizer = Optimizer.sgd().setLearningRateTracker(Tracker.fixed(0.1f)).build();
                """, Map.of());
        assertThat(config.resolution().text("regularizer")).isEqualTo("l2_weight_decay");
        assertThat(config.resolution().number("weightDecay")).isEqualTo(0.01, within(1e-15));
    }

    @Test
    void whatIsNoJavaIsSaidWithItsPlace() {
        assertThatThrownBy(() -> TreeReader.parse("Broken.java", "class Broken {\n  int a = ;\n}"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Broken.java:2:11")
                .hasMessageContaining("is not well-formed Java");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "-", "f(", "a.b(", "new int[]{", "x ? y : "})
    void whatIsNestedTooDeeplyIsAProblem(String opening) {
        assertThatThrownBy(() -> TreeReader.parse("Deep.java", "class Deep { int a = " + opening.repeat(100_000)))
                .isInstanceOf(InputException.class)
                .hasMessageMatching("(?s).*(nested too deeply|not well-formed Java).*");
    }

    @Test
    void aLongChainIsReadOrRefused() {
        String chain = "class Long { Object a = Optimizer.adam()" + ".optBeta1(1)".repeat(100_000) + ";}";
        assertThatThrownBy(() -> TreeReader.parse("Long.java", chain))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nested too deeply");
    }

    private static ResolvedConfig read(String body, Map<String, Version> versions) {
        Node.Mapping tree = (Node.Mapping) TreeReader.parse("TrainMnist.java", TRAIN.formatted(body));
        return ConfigReader.read(new Sources(tree, List.of(), null, 60_000.0, versions), null);
    }

    private static List<String> rules(ResolvedConfig config) {
        return Linter.lint("TrainMnist.java", config).findings().stream()
                .map(placed -> placed.finding().rule())
                .toList();
    }
}
