package dev.wane.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wane.framework.Optimizer;
import dev.wane.law.LearningRateRule;
import dev.wane.recipe.Betas;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.recipe.Target;
import dev.wane.recipe.TrainingScale;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private final Recipe base = recipe(Optimizer.TORCH_ADAMW, 0.1);

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
    void theSquareRootRuleSharesTheChange() {
        Plan plan = Planner.plan(base, batch(400, LearningRateRule.SQRT));

        assertThat(alternative(plan, "constant-timescale").learningRate())
                .isCloseTo(1e-3 * Math.sqrt(8), within(1e-12));
        assertThat(weightDecay(plan, "constant-timescale")).isCloseTo(0.1 * Math.sqrt(8), within(1e-12));
        assertThat(weightDecay(plan, "independent")).isCloseTo(0.1 / Math.sqrt(8), within(1e-12));
    }

    @Test
    void autoFollowsTheOptimizerFamily() {
        assertThat(new Target(400.0, null, null, null, null).rule(base)).isEqualTo(LearningRateRule.SQRT);
        assertThat(new Target(400.0, null, null, null, null).rule(recipe(Optimizer.TORCH_SGD, 0.1)))
                .isEqualTo(LearningRateRule.LINEAR);
        assertThat(new Target(null, 100.0, null, null, null).rule(base)).isEqualTo(LearningRateRule.CONSTANT);
    }

    @Test
    void warmUpScalesWithTheSteps() {
        Recipe warm = new Recipe(
                Optimizer.TORCH_ADAMW,
                1e-3,
                0.1,
                0,
                0,
                false,
                Betas.DEFAULT,
                1e-8,
                50.0,
                10_000.0,
                Recipe.Unit.SAMPLES,
                null,
                new RunLength.Epochs(20),
                false,
                new Schedule(new ScheduleShape.Cosine(0), 400));

        Plan plan = Planner.plan(warm, batch(400, LearningRateRule.CONSTANT));

        assertThat(plan.target().scheduleOrConstant().warmupSteps()).isEqualTo(50);
        assertThat(TrainingScale.of(plan.target()).executedSteps()).isEqualTo(500);
    }

    @Test
    void planThereAndBackReturnsTheStart() {
        Plan there = Planner.plan(base, batch(400, LearningRateRule.SQRT));
        Recipe moved = there.target().withWeightDecay(weightDecay(there, "constant-timescale"));
        Plan back = Planner.plan(moved, new Target(50.0, null, 1e-3, null, null));

        assertThat(weightDecay(back, "constant-timescale")).isCloseTo(0.1, within(1e-13));
    }

    @Test
    void noLawIsRecommendedWhereOnlyTheLengthChanges() {
        Plan plan = Planner.plan(base, new Target(null, null, null, null, new RunLength.Epochs(40)));

        assertThat(plan.alternatives()).noneMatch(Alternative::recommended);
    }

    @Test
    void retentionOfAWeightThatIsFlippedIsNotKept() {
        Recipe wild = base.withWeightDecay(1500);
        Alternative retention = alternative(Planner.plan(wild, batch(400, LearningRateRule.CONSTANT)), "retention");

        assertThat(retention.applicability().applicable()).isFalse();
        assertThat(retention.applicability().reason()).contains("decay per step is 1 or more");
    }

    @Test
    void aBaseWithoutWeightDecayCannotBePlanned() {
        assertThatThrownBy(() -> Planner.plan(base.withoutWeightDecay(), batch(400, null)))
                .hasMessageContaining("weightDecay of the base");
    }

    private static Target batch(double size, LearningRateRule rule) {
        return new Target(size, null, null, rule, null);
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
        return new Recipe(
                optimizer,
                1e-3,
                weightDecay,
                0,
                0,
                false,
                Betas.DEFAULT,
                1e-8,
                50.0,
                10_000.0,
                Recipe.Unit.SAMPLES,
                null,
                new RunLength.Epochs(20),
                false,
                new Schedule(new ScheduleShape.Cosine(0), 0));
    }
}
