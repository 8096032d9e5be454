package dev.wane.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.wane.framework.Registry;
import dev.wane.recipe.LearningRateRule;
import dev.wane.recipe.ModelSize;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.recipe.Target;
import dev.wane.recipe.TargetBuilder;
import dev.wane.recipe.TrainingScale;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Linear;
import dev.wane.schedule.Schedule;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlansTest {
    private static final Recipe IMAGES = Recipe.of(Registry.get("torch", "adamw"))
            .learningRate(1e-3)
            .weightDecay(0.1)
            .batchSize(128.0)
            .datasetSize(50_000.0)
            .length(new RunLength.Epochs(100))
            .build();

    private static final Recipe TOKENS = Recipe.of(Registry.get("torch", "adamw"))
            .learningRate(6e-4)
            .weightDecay(0.1)
            .unit(Recipe.Unit.TOKENS)
            .batchSize(491_520.0)
            .length(new RunLength.TokensSeen(1e10))
            .modelSize(new ModelSize(124e6, 1, 1))
            .build();

    @Test
    void recommendations() {
        assertThat(recommended(IMAGES, Target.change().batchSize(1024.0).build()))
                .isEqualTo("constant-timescale");
        assertThat(recommended(IMAGES, Target.change().learningRate(2e-3).build()))
                .isEqualTo("constant-timescale");
        assertThat(recommended(IMAGES, Target.change().datasetSize(1e6).build()))
                .isEqualTo("constant-timescale");
        assertThat(recommended(IMAGES, Target.change().widthMultiplier(4.0).build()))
                .isEqualTo("mup-width");
        assertThat(recommended(TOKENS, Target.change().batchSize(983_040.0).build()))
                .isEqualTo("power-lines");
        assertThat(recommended(
                        IMAGES,
                        Target.change().length(new RunLength.Epochs(200)).build()))
                .isEqualTo("none");
        assertThat(recommended(
                        IMAGES,
                        Target.change().schedule(new Schedule(new Linear(0), 0)).build()))
                .isEqualTo("retention");
    }

    /** The best timescale follows tokens per parameter, which a width rule does not see. */
    @Test
    void aWiderNetworkOnMoreTokensIsAMatterOfPowerLines() {
        TargetBuilder wider = Target.change().widthMultiplier(2.0);

        assertThat(recommended(TOKENS, wider.build())).isEqualTo("mup-width");
        assertThat(recommended(TOKENS, wider.parameters(500e6).build())).isEqualTo("power-lines");
        assertThat(recommended(
                        TOKENS,
                        Target.change()
                                .widthMultiplier(2.0)
                                .length(new RunLength.TokensSeen(5e10))
                                .build()))
                .isEqualTo("power-lines");
        assertThat(recommended(IMAGES, Target.change().depthMultiplier(4.0).build()))
                .isEqualTo("complete-p");
    }

    /** L40: under a line to zero λ × 3/2 gives AdamC the total decay of AdamW. */
    @Test
    void powerLinesKeepsTheTotalUnderAnotherPowerOfTheSchedule() {
        Recipe linear = TOKENS.but().schedule(new Schedule(new Linear(0), 0)).build();
        Target corrected = Target.change()
                .optimizer(Registry.get("timm", "adamc"))
                .learningRate(6e-4)
                .build();
        Plan same = Planner.plan(linear, Target.change().learningRate(6e-4).build());

        assertThat(lambda(Planner.plan(linear, corrected), "power-lines"))
                .isCloseTo(1.5 * lambda(same, "power-lines"), withinPercentage(0.01));
    }

    /** A run of which only the tokens are known sees its data once; twice the data are twice the tokens. */
    @Test
    void moreDataAreMoreTokensOfOnePass() {
        Plan plan = Planner.plan(TOKENS, Target.change().datasetSize(2e10).build());

        assertThat(plan.target().tokensSeen()).isEqualTo(2e10);
        assertThat(lambda(plan, "power-lines"))
                .isCloseTo(
                        lambda(
                                Planner.plan(
                                        TOKENS,
                                        Target.change()
                                                .length(new RunLength.TokensSeen(2e10))
                                                .build()),
                                "power-lines"),
                        withinPercentage(1e-10));
        assertThat(plan.warnings()).anyMatch(line -> line.contains("its run is taken for one pass over its data"));
    }

    /** Samples seen, in samples and in tokens of known length. */
    @Test
    void samplesSeenAreALength() {
        Recipe images = IMAGES.but().length(new RunLength.SamplesSeen(128_000)).build();
        Recipe sequences = TOKENS.but()
                .sequenceLength(2048L)
                .length(new RunLength.SamplesSeen(24_000))
                .build();

        assertThat(TrainingScale.of(images).executedSteps()).isEqualTo(1000);
        assertThat(TrainingScale.of(sequences).executedSteps()).isEqualTo(100);
        assertThat(Planner.plan(images, Target.change().batchSize(256.0).build())
                        .target()
                        .length())
                .isEqualTo(new RunLength.SamplesSeen(128_000));
    }

    @Test
    void whereOnlyTheEpochsChangeThreePublishedAnswersDisagree() {
        Plan plan = Planner.plan(
                IMAGES, Target.change().length(new RunLength.Epochs(400)).build());

        assertThat(lambda(plan, "constant-timescale")).isCloseTo(0.1, withinPercentage(1e-10));
        assertThat(lambda(plan, "normalised")).isCloseTo(0.05, withinPercentage(1e-10));
        assertThat(lambda(plan, "run-fraction")).isCloseTo(0.025, withinPercentage(1e-10));
        assertThat(plan.spread()).hasValueSatisfying(spread -> {
            assertThat(spread.min()).isCloseTo(0.025, withinPercentage(1e-10));
            assertThat(spread.max()).isCloseTo(0.1, withinPercentage(1e-10));
        });
    }

    /** Batch × 8, data × 4 and width × 2 at once, square-root rule: every factor is in one λ. */
    @Test
    void combinedTargetsCompose() {
        Plan plan = Planner.plan(
                IMAGES,
                Target.change()
                        .batchSize(1024.0)
                        .datasetSize(200_000.0)
                        .widthMultiplier(2.0)
                        .learningRateRule(LearningRateRule.SQRT)
                        .build());

        assertThat(lambda(plan, "constant-timescale")).isCloseTo(0.1 / Math.sqrt(8) * 8 / 4, withinPercentage(1e-10));
        assertThat(lambda(plan, "mup-width")).isCloseTo(0.1 / Math.sqrt(8) * 8 / 4 * 2, withinPercentage(1e-10));
        assertThat(lambda(plan, "sqrt-width"))
                .isCloseTo(0.1 / Math.sqrt(8) * 8 / 4 * Math.sqrt(2), withinPercentage(1e-10));
    }

    /** Steps of 1,024 warm-up steps divide by every batch that is tried. */
    static List<Recipe> starts() {
        Recipe whole = IMAGES.but().datasetSize(128.0 * 400).build();
        return List.of(
                IMAGES,
                whole.but().schedule(new Schedule(new Cosine(0.1), 1024)).build(),
                whole.but().schedule(new Schedule(new Linear(0), 0)).build());
    }

    /** Every law that applies there and back returns the start. */
    @ParameterizedTest
    @MethodSource("starts")
    void thereAndBackReturnsTheStart(Recipe start) {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 50; i++) {
            double batch = Math.pow(2, random.nextInt(1, 5)) * 128;
            double data = start.datasetSize() * (1 + random.nextInt(5));
            double rate = 1e-3 * Math.pow(10, random.nextDouble(-1, 1));
            Plan there = Planner.plan(
                    start,
                    Target.change()
                            .batchSize(batch)
                            .datasetSize(data)
                            .learningRate(rate)
                            .build());
            for (Alternative answer : there.alternatives()) {
                if (!answer.inSpread()) {
                    continue;
                }
                Recipe moved = there.target().withWeightDecay(answer.weightDecay());
                Plan back = Planner.plan(
                        moved,
                        Target.change()
                                .batchSize(128.0)
                                .datasetSize(start.datasetSize())
                                .learningRate(1e-3)
                                .build());
                assertThat(lambda(back, answer.law().id()))
                        .as(answer.law().id())
                        .isCloseTo(0.1, withinPercentage(1e-10));
            }
        }
    }

    @Test
    void anotherFrameworkGetsItsOwnLambda() {
        Plan plan = Planner.plan(
                IMAGES,
                Target.change()
                        .optimizer(Registry.get("composer", "decoupled_adamw"))
                        .build());

        assertThat(lambda(plan, "constant-timescale")).isCloseTo(1e-4, withinPercentage(1e-10));
    }

    /** An objective divided by its samples decays by 1/N_s by itself: nothing is left to scale. */
    @Test
    void anObjectiveDividedByItsSamplesScalesByItself() {
        Plan plan = Planner.plan(
                penalty("l2_over_samples"),
                Target.change().datasetSize(200_000.0).build());

        assertThat(lambda(plan, "constant-timescale")).isCloseTo(100, withinPercentage(1e-10));
    }

    /** A mean over twice the parameters decays half as much: the same decay needs twice the λ. */
    @Test
    void aMeanPenaltyDecaysLessInALargerNetwork() {
        Recipe mean = penalty("l2_mean");
        Plan plan = Planner.plan(mean, Target.change().parameters(2e6).build());

        assertThat(mean.decay().perStep(0.1)).isCloseTo(0.1 * 2 * 100 / 1e6, withinPercentage(1e-10));
        assertThat(lambda(plan, "constant-timescale")).isCloseTo(200, withinPercentage(1e-10));
    }

    private static Recipe penalty(String id) {
        return IMAGES.but()
                .optimizer(Registry.get("formula", id))
                .learningRate(0.1)
                .weightDecay(100.0)
                .modelSize(new ModelSize(1e6, 1, 1))
                .build();
    }

    @Test
    void theRunsLengthIsKeptAsAsked() {
        Recipe steps = IMAGES.but().length(new RunLength.Steps(39_062)).build();

        assertThat(executed(steps, Target.Keep.EPOCHS)).isEqualTo(9766);
        assertThat(executed(steps, Target.Keep.STEPS)).isEqualTo(39_062);
        assertThat(executed(steps, Target.Keep.SAMPLES)).isEqualTo(9766);
        assertThat(executed(steps.but().datasetSize(null).build(), null)).isEqualTo(9766);
    }

    @Test
    void warningsNameTheLimit() {
        assertThat(Planner.plan(TOKENS, Target.change().batchSize(4e7).build()).warnings())
                .anyMatch(warning -> warning.contains("critical batch") && warning.contains("unchecked"));
        assertThat(Planner.plan(IMAGES, Target.change().batchSize(4096.0).build())
                        .warnings())
                .anyMatch(warning -> warning.contains("factor of 32"))
                .anyMatch(warning -> warning.contains("steps: below about 2000"));
        assertThat(Planner.plan(
                                IMAGES,
                                Target.change()
                                        .optimizer(Registry.get("optax", "lion"))
                                        .build())
                        .warnings())
                .anyMatch(warning -> warning.contains("3 to 10 times smaller"));
    }

    private static long executed(Recipe base, Target.@Nullable Keep keep) {
        Plan plan =
                Planner.plan(base, Target.change().batchSize(512.0).keep(keep).build());
        return TrainingScale.of(plan.target()).executedSteps();
    }

    private static String recommended(Recipe base, Target change) {
        return Planner.plan(base, change)
                .recommended()
                .map(alternative -> alternative.law().id())
                .orElse("none");
    }

    private static double lambda(Plan plan, String law) {
        return plan.alternatives().stream()
                .filter(alternative -> alternative.law().id().equals(law))
                .findFirst()
                .orElseThrow()
                .weightDecay();
    }
}
