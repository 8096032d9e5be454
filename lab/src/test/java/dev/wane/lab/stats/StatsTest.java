package dev.wane.lab.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StatsTest {
    /** Student's own sleep data (1908): differences of ten patients, t = 4.0621, p = 0.002833, interval 0.7001 to 2.4599. */
    @Test
    void pairedDifferenceOfStudentsSleepData() {
        double[] first = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
        double[] second = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

        PairedDifference difference = PairedDifference.of(second, first);

        assertThat(difference.mean()).isCloseTo(1.58, within(1e-12));
        assertThat(difference.mean() / difference.standardError()).isCloseTo(4.0621, within(1e-4));
        assertThat(difference.pValue(0)).isCloseTo(0.002833, within(1e-6));
        assertThat(difference.interval(0.05).low()).isCloseTo(0.7001142, within(1e-6));
        assertThat(difference.interval(0.05).high()).isCloseTo(2.4598858, within(1e-6));
        assertThat(difference.standsOut()).isTrue();
    }

    @Test
    void armsMustShareTheirSeeds() {
        assertThatThrownBy(() -> PairedDifference.of(new double[2], new double[3]))
                .hasMessageContaining("got 2 and 3");
        assertThatThrownBy(() -> PairedDifference.of(new double[1], new double[1]))
                .hasMessageContaining("two or more");
    }

    @Test
    void holmStepsDownUntilTheFirstThatIsNotRejected() {
        assertThat(Holm.levels(List.of(0.01, 0.04, 0.03, 0.005), 0.05))
                .containsExactly(0.05 / 3, 0.05 / 2, 0.05 / 2, 0.05 / 4);
        assertThat(Holm.levels(List.of(0.9), 0.05)).containsExactly(0.05);
        assertThat(Holm.levels(List.of(), 0.05)).isEmpty();
    }

    /** Under three true null hypotheses, any rejection at Holm's levels happens in at most 5 of 100 families. */
    @Test
    void holmKeepsTheFamilyErrorRate() {
        Random random = new Random(2);
        int families = 4000;
        int wrong = 0;
        for (int i = 0; i < families; i++) {
            List<Double> p = List.of(random.nextDouble(), random.nextDouble(), random.nextDouble());
            List<Double> levels = Holm.levels(p, 0.05);
            wrong += p.get(0) <= levels.get(0) || p.get(1) <= levels.get(1) || p.get(2) <= levels.get(2) ? 1 : 0;
        }

        assertThat((double) wrong / families).isBetween(0.03, 0.06);
    }

    @Test
    void verdictsAreByTheWholeInterval() {
        assertThat(Verdict.of(new Interval(-1, 0.2), 0.25)).isEqualTo(Verdict.TRANSFERS);
        assertThat(Verdict.of(new Interval(0.26, 0.9), 0.25)).isEqualTo(Verdict.DOES_NOT_TRANSFER);
        assertThat(Verdict.of(new Interval(0.1, 0.9), 0.25)).isEqualTo(Verdict.UNRESOLVED);
        assertThat(Verdict.of(new Interval(Double.NaN, Double.NaN), 0.25)).isEqualTo(Verdict.UNRESOLVED);
    }
}
