package dev.wane.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wane.decay.CoupledSgd;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import dev.wane.recipe.LearningRateRule;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.recipe.Start;
import dev.wane.recipe.Target;
import dev.wane.recipe.TrainingScale;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Optimizer ADAMW = Registry.get("torch", "adamw");
    private static final Optimizer SGD = Registry.get("torch", "sgd");

    private final Recipe base = recipe(ADAMW, 0.1);

    /** Of an optimizer that nobody read it is said wherever its λ is used. */
    @Test
    void whatIsUncheckedIsSaid() {
        Optimizer read = base.optimizer();
        Optimizer unread = new Optimizer(
                "mine",
                read.id(),
                read.kind(),
                read.family(),
                read.factor(),
                read.order(),
                read.update(),
                read.defaultWeightDecay(),
                read.excluded(),
                read.versions(),
                false,
                read.source(),
                read.note());

        assertThat(Planner.plan(base.but().optimizer(unread).build(), batch(400, LearningRateRule.CONSTANT))
                        .warnings())
                .contains("what mine adamw does was not re-read in its source (unchecked)");
    }

    @Test
    void everyLawAnswersABatchChangeAtConstantLearningRate() {
        Plan plan = Planner.plan(base, batch(400, LearningRateRule.CONSTANT));

        assertThat(weightDecay(plan, "constant-timescale")).isCloseTo(0.8, within(1e-12));
        assertThat(weightDecay(plan, "retention")).isCloseTo(0.8, within(2e-3)).isLessThan(0.8);
        assertThat(weightDecay(plan, "unchanged")).isEqualTo(0.1);
        assertThat(alternative(plan, "independent").applicability().applicable())
                .isFalse();
    }

    @Test
    void onlyConstantTimescaleIsRecommended() {
        assertThat(Planner.plan(base, batch(400, LearningRateRule.SQRT)).alternatives())
                .filteredOn(Alternative::recommended)
                .extracting(alternative -> alternative.law().id())
                .containsExactly("constant-timescale");
    }

    @Test
    void whatWasMeasuredFromScratchSaysNothingOfAnotherStart() {
        Plan tuned = Planner.plan(base.but().start(Start.PRETRAINED).build(), batch(400, LearningRateRule.SQRT));
        Plan adapter = Planner.plan(base.but().start(Start.ADAPTER).build(), batch(400, LearningRateRule.SQRT));

        for (String law : List.of("power-lines", "run-fraction", "complete-p", "mup-width", "sqrt-width", "nanochat")) {
            assertThat(alternative(tuned, law).applicability().reason())
                    .startsWith("measured on training from scratch");
        }
        assertThat(tuned.recommended().orElseThrow().law().id()).isEqualTo("constant-timescale");
        assertThat(tuned.warnings()).anyMatch(warning -> warning.contains("L2-SP"));
        assertThat(adapter.recommended()).isEmpty();
        assertThat(adapter.warnings()).anyMatch(warning -> warning.contains("no law was measured on adapters"));
        assertThat(alternative(adapter, "constant-timescale").applicability().applicable())
                .isTrue();
    }

    @Test
    void theSquareRootRuleSharesTheChange() {
        Plan plan = Planner.plan(base, batch(400, LearningRateRule.SQRT));

        assertThat(alternative(plan, "constant-timescale").learningRate())
                .isCloseTo(1e-3 * Math.sqrt(8), within(1e-12));
        assertThat(weightDecay(plan, "constant-timescale")).isCloseTo(0.1 * Math.sqrt(8), within(1e-12));
        assertThat(weightDecay(plan, "independent")).isCloseTo(0.1 / Math.sqrt(8), within(1e-12));
    }

    @Test
    void autoFollowsTheOptimizerFamily() {
        assertThat(batch(400, null).rule(base)).isEqualTo(LearningRateRule.SQRT);
        assertThat(batch(400, null).rule(recipe(SGD, 0.1))).isEqualTo(LearningRateRule.LINEAR);
        assertThat(Target.change().datasetSize(100.0).build().rule(base)).isEqualTo(LearningRateRule.CONSTANT);
    }

    @Test
    void warmUpScalesWithTheSteps() {
        Recipe warm = base.but().schedule(new Schedule(new Cosine(0), 400)).build();

        Plan plan = Planner.plan(warm, batch(400, LearningRateRule.CONSTANT));

        assertThat(plan.target().scheduleOrConstant().warmupSteps()).isEqualTo(50);
        assertThat(TrainingScale.of(plan.target()).executedSteps()).isEqualTo(500);
    }

    @Test
    void planThereAndBackReturnsTheStart() {
        Plan there = Planner.plan(base, batch(400, LearningRateRule.SQRT));
        Recipe moved = there.target().withWeightDecay(weightDecay(there, "constant-timescale"));
        Plan back = Planner.plan(
                moved, Target.change().batchSize(50.0).learningRate(1e-3).build());

        assertThat(weightDecay(back, "constant-timescale")).isCloseTo(0.1, within(1e-13));
    }

    @Test
    void noLawIsRecommendedWhereOnlyTheLengthChanges() {
        Plan plan = Planner.plan(
                base, Target.change().length(new RunLength.Epochs(40)).build());

        assertThat(plan.alternatives()).noneMatch(Alternative::recommended);
    }

    @Test
    void retentionOfAWeightThatIsFlippedIsNotKept() {
        Recipe wild = base.withWeightDecay(1500);
        Alternative retention = alternative(Planner.plan(wild, batch(400, LearningRateRule.CONSTANT)), "retention");

        assertThat(retention.applicability().applicable()).isFalse();
        assertThat(retention.applicability().reason()).contains("the decay per step would be 1 or more");
    }

    /** A λ that nobody could train with is no answer, and its absence is said. */
    @Test
    void noLawGivesADecayOfOneOrMore() {
        Plan plan = Planner.plan(base.withWeightDecay(200), batch(400, LearningRateRule.CONSTANT));

        assertThat(alternative(plan, "constant-timescale").applicability().applicable())
                .isFalse();
        assertThat(plan.warnings())
                .anyMatch(warning -> warning.startsWith("the rule for this change, constant-timescale"));
        assertThat(Planner.plan(base.withWeightDecay(10), batch(400, LearningRateRule.CONSTANT))
                        .warnings())
                .anyMatch(warning -> warning.contains("first order is coarse there, retention is exact"));
    }

    /** Half a cosine halves a decay that follows it, and leaves one that does not: equal peaks are not equal decay. */
    @Test
    void anotherPowerOfTheScheduleNeedsTheRetention() {
        Recipe cosine = base.but().schedule(new Schedule(new Cosine(0), 0)).build();
        Recipe constant = base.but().schedule(Schedule.constant()).build();

        assertThat(Planner.plan(
                                cosine,
                                Target.change()
                                        .optimizer(Registry.get("tfa", "adamw"))
                                        .build())
                        .recommended())
                .hasValueSatisfying(answer -> assertThat(answer.law().id()).isEqualTo("retention"));
        assertThat(Planner.plan(
                                constant,
                                Target.change()
                                        .optimizer(Registry.get("tfa", "adamw"))
                                        .build())
                        .recommended())
                .hasValueSatisfying(answer -> assertThat(answer.law().id()).isEqualTo("constant-timescale"));
    }

    /** Under momentum no λ below oscillation may remove as much in so few steps. */
    @Test
    void noRetentionIsKeptBeyondOscillation() {
        Recipe momentum = Recipe.of(SGD)
                .momentum(new CoupledSgd(0.9, 0, false))
                .learningRate(0.1)
                .weightDecay(0.01)
                .batchSize(1.0)
                .datasetSize(5000.0)
                .length(new RunLength.Epochs(10))
                .schedule(new Schedule(new Cosine(0), 0))
                .build();
        Target change = Target.change()
                .batchSize(64.0)
                .learningRateRule(LearningRateRule.CONSTANT)
                .build();

        assertThat(alternative(Planner.plan(momentum, change), "retention")
                        .applicability()
                        .applicable())
                .isFalse();
    }

    /** A length stays in the unit in which it was given. */
    @Test
    void aChangeOfTheLearningRateAloneKeepsTheSteps() {
        Recipe steps = base.but()
                .batchSize(100.0)
                .datasetSize(150.0)
                .length(new RunLength.Steps(3000))
                .schedule(new Schedule(new Cosine(0), 0))
                .build();
        Plan plan = Planner.plan(steps, Target.change().learningRate(2e-3).build());

        assertThat(plan.target().length()).isEqualTo(new RunLength.Steps(3000));
        assertThat(weightDecay(plan, "retention")).isCloseTo(0.05, within(1e-12));
    }

    @Test
    void keptStepsAreKeptExactly() {
        Recipe odd = base.but()
                .batchSize(128.0)
                .datasetSize(50_000.0)
                .length(new RunLength.Epochs(100))
                .build();
        Target change = Target.change()
                .batchSize(1024.0)
                .learningRateRule(LearningRateRule.CONSTANT)
                .keep(Target.Keep.STEPS)
                .build();

        assertThat(weightDecay(Planner.plan(odd, change), "run-fraction")).isCloseTo(0.1, within(1e-15));
    }

    @Test
    void onlyALongerRunIsNoMatterOfTheLearningRateRule() {
        Target longer = Target.change()
                .length(new RunLength.Epochs(400))
                .learningRateRule(LearningRateRule.CONSTANT)
                .build();

        assertThat(Planner.plan(base, longer).recommended()).isEmpty();
    }

    @Test
    void muPIsStatedForAdam() {
        Target wider = Target.change().widthMultiplier(2.0).build();

        assertThat(alternative(Planner.plan(recipe(SGD, 1e-3), wider), "mup-width")
                        .applicability()
                        .applicable())
                .isFalse();
        assertThat(alternative(Planner.plan(recipe(Registry.get("mup", "adamw"), 0.1), wider), "mup-width")
                        .applicability()
                        .reason())
                .contains("leave both as written");
    }

    @Test
    void aBaseWithoutWeightDecayCannotBePlanned() {
        assertThatThrownBy(() -> Planner.plan(base.withoutWeightDecay(), batch(400, null)))
                .hasMessageContaining("weightDecay of the base");
    }

    private static Target batch(double size, @Nullable LearningRateRule rule) {
        return Target.change().batchSize(size).learningRateRule(rule).build();
    }

    private static double weightDecay(Plan plan, String law) {
        return alternative(plan, law).weightDecay();
    }

    private static Alternative alternative(Plan plan, String law) {
        return plan.alternatives().stream()
                .filter(alternative -> alternative.law().id().equals(law))
                .findFirst()
                .orElseThrow();
    }

    private static Recipe recipe(Optimizer optimizer, double weightDecay) {
        return Recipe.of(optimizer)
                .learningRate(1e-3)
                .weightDecay(weightDecay)
                .batchSize(50.0)
                .datasetSize(10_000.0)
                .length(new RunLength.Epochs(20))
                .schedule(new Schedule(new Cosine(0), 0))
                .build();
    }
}
