package dev.wane.lab.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wane.plan.Plan;
import dev.wane.plan.Planner;
import dev.wane.recipe.LearningRateRule;
import dev.wane.recipe.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfirmedLawsTest {
    @Test
    void aStudyJudgesEveryApplicableLawButUnchanged() {
        assertThat(ids(false, LearningRateRule.SQRT))
                .contains("constant-timescale", "retention", "independent")
                .doesNotContain("unchanged");
    }

    /** At √8 times the learning rate the independent law has a λ of its own, which a quick run would have to train. */
    @Test
    void aQuickRunJudgesOnlyWhatSharesAnArmOfTheRecommendedLaw() {
        assertThat(ids(true, LearningRateRule.SQRT))
                .contains("constant-timescale", "retention")
                .doesNotContain("independent");
    }

    @Test
    void aQuickRunLeavesOutNothingWhereAllLawsAgree() {
        assertThat(ids(true, LearningRateRule.CONSTANT)).isEqualTo(ids(false, LearningRateRule.CONSTANT));
    }

    private static List<String> ids(boolean quick, LearningRateRule rule) {
        Plan plan = Planner.plan(
                TransferRecipes.batchFifty(1.6),
                Target.change().batchSize(400.0).learningRateRule(rule).build());
        return new ConfirmedLaws(quick)
                .of(plan).stream().map(alternative -> alternative.law().id()).toList();
    }
}
