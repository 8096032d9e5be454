package dev.wane.lab.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wane.formats.experiment.Tuning;
import dev.wane.plan.Planner;
import dev.wane.recipe.LearningRateRule;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.Target;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BracketTest {
    private static final Tuning LATTICE = new Tuning(0.1, 12.8, 2, 2);

    @ParameterizedTest
    @CsvSource({"0.5, CONSTANT", "0.5, SQRT", "0.5, LINEAR", "0.1, LINEAR", "12.8, CONSTANT", "3, SQRT"})
    void holdsUnscaledAndPlannedWithRoomAboveAndFivePointsAtLeast(double tuned, LearningRateRule rule) {
        Recipe base = TransferRecipes.batchFifty(tuned);
        double planned = tuned * 8 / Math.pow(8, rule.exponent());

        List<Integer> places = Bracket.places(
                Planner.plan(
                        base,
                        Target.change().batchSize(400.0).learningRateRule(rule).build()),
                LATTICE);

        assertThat(places).hasSizeGreaterThanOrEqualTo(5);
        assertThat(LATTICE.at(places.getFirst())).isLessThanOrEqualTo(tuned * 1.0001);
        assertThat(LATTICE.at(places.getLast())).isGreaterThanOrEqualTo(planned * 1.999);
    }
}
