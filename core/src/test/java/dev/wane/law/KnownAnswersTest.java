package dev.wane.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.wane.decay.DecoupledLr;
import dev.wane.schedule.Schedule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class KnownAnswersTest {
    private static final double STEPS_PER_EPOCH = 5000;

    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(resources = "/dev/wane/known-answers.csv")
    void lawGivesTheKnownWeightDecay(
            String row,
            String law,
            double eta1,
            double lambda1,
            double ratio,
            double eta2,
            double expected,
            double tol) {
        Setting base = setting(eta1, STEPS_PER_EPOCH);
        Setting target = setting(eta2, STEPS_PER_EPOCH / ratio);

        double lambda2 = find(law).weightDecay(lambda1, base, target);

        assertThat(lambda2).isCloseTo(expected, withinPercentage(100 * tol));
    }

    private static DecayLaw find(String id) {
        return Laws.all().stream()
                .filter(law -> law.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Setting setting(double learningRate, double stepsPerEpoch) {
        return new Setting(new DecoupledLr(), learningRate, Schedule.constant(), stepsPerEpoch, 1, 0);
    }
}
