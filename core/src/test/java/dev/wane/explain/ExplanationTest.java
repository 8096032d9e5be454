package dev.wane.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wane.decay.Timescale;
import dev.wane.framework.Registry;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationTest {
    private static final Schedule COSINE = new Schedule(new Cosine(0), 0);

    /** Known answer T32, with the run of 100 epochs. */
    @Test
    void figuresOfAnAdamWRecipe() {
        ExplainedGroup group =
                Explanation.of(recipe("adamw", 1e-3, 0.1, COSINE)).groups().getFirst();

        assertThat(group.decayPerStep()).isCloseTo(1e-4, within(1e-18));
        assertThat(group.timescale().steps()).isCloseTo(1e4, within(1e-8));
        assertThat(group.timescale().epochs()).isCloseTo(25.6, within(1e-10));
        assertThat(group.timescale().runFraction()).isCloseTo(0.256, within(1e-12));
        assertThat(group.halfLifeSteps()).isCloseTo(Math.log(2) / -Math.log(1 - 1e-4), within(1e-6));
        assertThat(group.retentionPerEpoch()).isCloseTo(Math.pow(1 - 1e-4, 390.625), within(1e-12));
        assertThat(group.verdict()).isEqualTo(Verdict.ACTIVE);
        assertThat(group.equilibrium().rms()).isCloseTo(.0706789728, within(1e-10));
    }

    @Test
    void whatIsMissingIsSaidAndNeverGuessed() {
        Recipe bare = Recipe.of(Registry.get("torch", "adamw"))
                .learningRate(1e-3)
                .weightDecay(0.1)
                .build();
        Explanation explanation = Explanation.of(bare);

        assertThat(explanation.groups().getFirst().timescale().epochs()).isNaN();
        assertThat(explanation.groups().getFirst().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(explanation.memory()).isNull();
        assertThat(explanation.notes())
                .anyMatch(note -> note.startsWith("batchSize is missing"))
                .anyMatch(note -> note.startsWith("datasetSize is missing"))
                .anyMatch(note -> note.startsWith("epochs (or steps, samplesSeen, tokensSeen) is missing"))
                .contains("no schedule given: constant is assumed");
    }

    @Test
    void lessDecayThanWrittenIsSaid() {
        Recipe less = recipe("adamw", 1e-3, 0.1, COSINE)
                .but()
                .cautious(true)
                .skippedSteps(7)
                .build();

        assertThat(Explanation.of(less).notes())
                .anyMatch(note -> note.startsWith("the 7 skipped steps neither update nor decay"))
                .anyMatch(note -> note.contains("expect a total decay near 0.977"));
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 'is rounded away; keep master weights'",
        "2.5, is rounded away for some weights",
        "5, ''",
    })
    void bfloat16WeightsLoseSmallDecays(double lambda, String said) {
        List<String> notes = Explanation.of(recipe("adamw", 1e-3, lambda, COSINE)
                        .but()
                        .bfloat16Weights(true)
                        .build())
                .notes();

        assertThat(notes.stream().filter(note -> note.startsWith("bfloat16 weights")))
                .hasSize(said.isEmpty() ? 0 : 1)
                .allMatch(note -> note.contains(said));
    }

    /** Li and Arora: no decay, and a rate that grows by (1 − d)^−2 per step; known for SGD alone. */
    @Test
    void theEquivalentGrowthIsThatOfSgd() {
        Explanation sgd = Explanation.of(recipe("sgd", 0.1, 5e-4, COSINE));

        assertThat(sgd.equivalentGrowth()).isCloseTo(Math.pow(1 - 5e-5, -2), within(1e-15));
        assertThat(sgd.groups().getFirst().equilibrium().relaxationSteps()).isCloseTo(5000, within(1e-8));
        assertThat(Explanation.of(recipe("adamw", 1e-3, 0.1, COSINE)).equivalentGrowth())
                .isNaN();
    }

    @Test
    void coupledAdaptiveIsUnknownWithTheReason() {
        Explanation explanation = Explanation.of(recipe("adam", 1e-3, 0.1, COSINE));

        assertThat(explanation.groups().getFirst().decayPerStep()).isNaN();
        assertThat(explanation.groups().getFirst().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(explanation.memory()).isNull();
        assertThat(explanation.notes()).anyMatch(note -> note.contains("no single decay per step exists"));
    }

    @Test
    void zeroIsOff() {
        Explanation explanation = Explanation.of(recipe("adamw", 1e-3, 0, COSINE));

        assertThat(explanation.groups().getFirst().verdict()).isEqualTo(Verdict.OFF);
        assertThat(explanation.groups().getFirst().timescale().steps()).isInfinite();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1000, 10, 0.1, 100, OFF",
        "0.09, 1000, 10, 0.1, 100, INERT",
        "0.3, 1000, 10, 0.1, 100, WEAK",
        "7, 1000, 10, 0.1, 100, ACTIVE",
        "50, 19, 10, 0.1, 100, DOMINATING",
        "50, 1000, 0.04, 0.1, 2, DOMINATING",
        "50, 1000, 0.04, 0.1, 1, ACTIVE",
        "50, 1000, 0.04, 0.001, 1, DOMINATING",
        "NaN, 1000, 10, 0.1, 100, UNKNOWN"
    })
    void verdicts(double effective, double steps, double epochs, double fraction, double run, Verdict expected) {
        assertThat(Verdict.of(effective, new Timescale(steps, epochs, fraction, 0), run))
                .isEqualTo(expected);
    }

    private static Recipe recipe(String optimizer, double learningRate, double weightDecay, Schedule schedule) {
        return Recipe.of(Registry.get("torch", optimizer))
                .learningRate(learningRate)
                .weightDecay(weightDecay)
                .batchSize(128.0)
                .datasetSize(50_000.0)
                .length(new RunLength.Epochs(100))
                .schedule(schedule)
                .build();
    }
}
