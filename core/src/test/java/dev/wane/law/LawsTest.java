package dev.wane.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.wane.decay.CoupledAdaptive;
import dev.wane.decay.CoupledSgd;
import dev.wane.decay.Decay;
import dev.wane.decay.DecoupledLr;
import dev.wane.decay.DecoupledSchedule;
import dev.wane.dynamics.Retention;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LawsTest {
    private static final Schedule COSINE = new Schedule(new ScheduleShape.Cosine(0), 0);

    /** Known answer T19b: cosine to zero, 1,000 steps to 250, ηλ = 0.01 at peak. */
    @Test
    void retentionUnderACosineIsSolvedExactly() {
        Setting base = new Setting(new DecoupledLr(), 1e-3, COSINE, 1000, 1, 1000);
        Setting target = new Setting(new DecoupledLr(), 1e-3, COSINE, 250, 1, 250);

        double lambda = new RetentionPerEpoch().weightDecay(10, base, target);

        assertThat(lambda).isCloseTo(39.433859, within(1e-6));
        assertThat(Retention.of(Decay.decoupledLr(lambda), 1e-3, COSINE, 250).effective())
                .isCloseTo(5.023880023, within(1e-9));
    }

    static Stream<double[]> changes() {
        SplittableRandom random = new SplittableRandom(7);
        return IntStream.range(0, 50).mapToObj(i -> new double[] {
            Math.pow(10, -4 + 2 * random.nextDouble()),
            Math.pow(10, -2 + 2 * random.nextDouble()),
            100 + random.nextInt(900),
            Math.pow(10, -4 + 2 * random.nextDouble()),
            20 + random.nextInt(500)
        });
    }

    @ParameterizedTest
    @MethodSource("changes")
    void constantTimescaleKeepsTheTimescaleInEpochsAndReturns(double[] change) {
        Setting base = setting(change[0], change[2]);
        Setting target = setting(change[3], change[4]);
        ConstantTimescale law = new ConstantTimescale();

        double there = law.weightDecay(change[1], base, target);

        double tauBase = 1 / (change[0] * change[1] * change[2]);
        assertThat(1 / (change[3] * there * change[4])).isCloseTo(tauBase, withinPercentage(1e-10));
        assertThat(law.weightDecay(there, target, base)).isCloseTo(change[1], withinPercentage(1e-10));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void retentionKeepsWhatAnEpochLeavesAndReturns(double[] change) {
        Setting base = new Setting(new DecoupledLr(), change[0], COSINE, change[2], 2, 2 * (long) change[2]);
        Setting target = new Setting(new DecoupledLr(), change[3], COSINE, change[4], 2, 2 * (long) change[4]);
        RetentionPerEpoch law = new RetentionPerEpoch();

        double there = law.weightDecay(change[1], base, target);

        Retention before = Retention.of(Decay.decoupledLr(change[1]), change[0], COSINE, base.executedSteps());
        Retention after = Retention.of(Decay.decoupledLr(there), change[3], COSINE, target.executedSteps());
        assertThat(after.run()).isCloseTo(before.run(), within(1e-12));
        assertThat(law.weightDecay(there, target, base)).isCloseTo(change[1], withinPercentage(1e-9));
    }

    @Test
    void independentKeepsTheDecayPerStep() {
        assertThat(new Independent().weightDecay(0.1, setting(1e-3, 100), setting(4e-3, 100)))
                .isCloseTo(0.025, within(1e-15));
    }

    @Test
    void independentSaysNothingWhereTheLearningRateStays() {
        DecayLaw.Applicability applicability = new Independent().applicability(setting(1e-3, 100), setting(1e-3, 50));

        assertThat(applicability.applicable()).isFalse();
        assertThat(applicability.reason()).contains("learning rate does not change");
    }

    @Test
    void lawsTranslateBetweenConventions() {
        Setting published = new Setting(new DecoupledSchedule(), 1e-3, Schedule.constant(), 100, 1, 100);

        double lambda = new ConstantTimescale().weightDecay(0.1, setting(1e-3, 100), published);

        assertThat(lambda).isCloseTo(1e-4, within(1e-18));
        assertThat(new Unchanged().applicability(setting(1e-3, 100), published).applicable())
                .isFalse();
    }

    @Test
    void coupledAdaptiveHasNoRule() {
        Setting adam = new Setting(new CoupledAdaptive(), 1e-3, Schedule.constant(), 100, 1, 100);

        assertThat(Laws.all())
                .filteredOn(law -> !(law instanceof Unchanged))
                .allMatch(law -> !law.applicability(adam, adam).applicable());
    }

    @Test
    void sgdWithLinearLearningRateNeedsNoScaling() {
        CoupledSgd sgd = new CoupledSgd(0.9, 0, false);
        Setting base = new Setting(sgd, 0.1, Schedule.constant(), 5000, 90, 450_000);
        Setting target = new Setting(sgd, 0.8, Schedule.constant(), 625, 90, 56_250);

        assertThat(new ConstantTimescale().weightDecay(1e-4, base, target)).isCloseTo(1e-4, within(1e-16));
    }

    @Test
    void zeroStaysZero() {
        assertThat(Laws.all()).allMatch(law -> law.weightDecay(0, setting(1e-3, 100), setting(2e-3, 50)) == 0);
    }

    private static Setting setting(double learningRate, double stepsPerEpoch) {
        return new Setting(new DecoupledLr(), learningRate, Schedule.constant(), stepsPerEpoch, 1, 0);
    }
}
