package dev.wane.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.wane.decay.CoupledSgd;
import dev.wane.dynamics.Retention;
import dev.wane.framework.Registry;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LawsTest {
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
        Setting base = setting(change[0], change[1], change[2]);
        Setting target = setting(change[3], 0, change[4]);
        ConstantTimescale law = new ConstantTimescale();

        double there = lambda(law, base, target);

        double tauBase = 1 / (change[0] * change[1] * change[2]);
        assertThat(1 / (change[3] * there * change[4])).isCloseTo(tauBase, withinPercentage(1e-10));
        assertThat(lambda(law, with(target, there), base)).isCloseTo(change[1], withinPercentage(1e-10));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void retentionKeepsWhatAnEpochLeavesAndReturns(double[] change) {
        Setting base = cosine(change[0], change[1], change[2]);
        Setting target = cosine(change[3], 0, change[4]);
        RetentionPerEpoch law = new RetentionPerEpoch();

        double there = lambda(law, base, target);

        assertThat(Retention.of(target.run(there)).effective())
                .isCloseTo(Retention.of(base.run(change[1])).effective(), withinPercentage(1e-10));
        assertThat(lambda(law, with(target, there), base)).isCloseTo(change[1], withinPercentage(1e-10));
    }

    /** The Javadoc's bound: they differ by about (κ − 1)η₁λ₁/2. */
    @ParameterizedTest
    @MethodSource("changes")
    void retentionIsTheFirstOrderWithinItsBound(double[] change) {
        Setting base = setting(change[0], change[1], change[2]);
        Setting target = setting(change[3], 0, change[4]);
        double ratio = change[2] / change[4];
        double bound = Math.abs(ratio - 1) * change[0] * change[1] / 2;

        double exact = lambda(new RetentionPerEpoch(), base, target);
        double firstOrder = lambda(new ConstantTimescale(), base, target);

        assertThat(Math.abs(exact / firstOrder - 1)).isLessThanOrEqualTo(1.05 * bound + 1e-12);
    }

    @Test
    void independentKeepsTheDecayPerStep() {
        assertThat(lambda(new Independent(), setting(1e-3, 0.1, 100), setting(4e-3, 0, 100)))
                .isCloseTo(0.025, within(1e-15));
    }

    @Test
    void independentSaysNothingWhereTheLearningRateStays() {
        Applicability applicability = new Independent().applicability(setting(1e-3, 0.1, 100), setting(1e-3, 0, 50));

        assertThat(applicability.applicable()).isFalse();
        assertThat(applicability.reason()).contains("learning rate does not change");
    }

    @Test
    void lawsTranslateBetweenConventions() {
        Setting published = of("composer", "decoupled_adamw", 1e-3, 0, 100);

        assertThat(lambda(new ConstantTimescale(), setting(1e-3, 0.1, 100), published))
                .isCloseTo(1e-4, within(1e-18));
        assertThat(new Unchanged()
                        .applicability(setting(1e-3, 0.1, 100), published)
                        .applicable())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"torch, adam, no rule is known", "timm, lamb, trust ratio", "optax, lars, trust ratio"})
    void noLawSpeaksWhereThereIsNoDecayPerStep(String framework, String optimizer, String reason) {
        Setting setting = of(framework, optimizer, 1e-3, 0.1, 100);

        assertThat(Laws.all())
                .filteredOn(law -> !(law instanceof Unchanged) && !(law instanceof Nanochat))
                .allSatisfy(law -> {
                    assertThat(law.applicability(setting, setting).applicable()).isFalse();
                    assertThat(law.applicability(setting, setting).reason()).contains(reason);
                });
    }

    @Test
    void sgdWithLinearLearningRateNeedsNoScaling() {
        Setting base = momentum(0.1, 1e-4, 5000);
        Setting target = momentum(0.8, 0, 625);

        assertThat(lambda(new ConstantTimescale(), base, target)).isCloseTo(1e-4, within(1e-16));
    }

    /** With momentum the slow root is kept exactly, by its closed inverse. */
    @Test
    void retentionKeepsTheSlowRootOfMomentum() {
        Setting base = momentum(0.1, 1e-3, 5000);
        Setting target = momentum(0.1, 0, 625);

        double there = lambda(new RetentionPerEpoch(), base, target);

        double before = 5000 * Math.log1p(-base.convention().decayPerStep(0.1, 1, 1e-3));
        double after = 625 * Math.log1p(-base.convention().decayPerStep(0.1, 1, there));
        assertThat(after).isCloseTo(before, withinPercentage(1e-10));
    }

    @Test
    void zeroStaysZero() {
        Setting base = setting(1e-3, 0, 100);
        Setting target = setting(2e-3, 0, 50);

        assertThat(Laws.all())
                .filteredOn(law -> law.applicability(base, target).applicable())
                .hasSizeGreaterThan(5)
                .allMatch(law -> lambda(law, base, target) == 0);
    }

    @Test
    void lawsAreMonotoneInTheBatch() {
        Setting base = setting(1e-3, 0.1, 1000);
        for (DecayLaw law :
                List.of(new ConstantTimescale(), new RetentionPerEpoch(), new RunFraction(), new Normalised())) {
            double before = 0;
            for (double steps : new double[] {1000, 500, 250, 125}) {
                double after = lambda(law, base, setting(1e-3, 0, steps));
                assertThat(after).as(law.id()).isGreaterThan(before);
                before = after;
            }
        }
    }

    private static double lambda(DecayLaw law, Setting base, Setting target) {
        return law.prescribe(base, target).weightDecay();
    }

    private static Setting with(Setting setting, double weightDecay) {
        return Setting.of(setting.recipe().withWeightDecay(weightDecay));
    }

    private static Setting setting(double learningRate, double weightDecay, double stepsPerEpoch) {
        return of("torch", "adamw", learningRate, weightDecay, stepsPerEpoch);
    }

    private static Setting cosine(double learningRate, double weightDecay, double stepsPerEpoch) {
        return Setting.of(setting(learningRate, weightDecay, stepsPerEpoch)
                .recipe()
                .but()
                .schedule(new Schedule(new Cosine(0), 0))
                .build());
    }

    private static Setting momentum(double learningRate, double weightDecay, double stepsPerEpoch) {
        return Setting.of(of("torch", "sgd", learningRate, weightDecay, stepsPerEpoch)
                .recipe()
                .but()
                .momentum(new CoupledSgd(0.9, 0, false))
                .build());
    }

    /** Two epochs over a data set of which a step sees 2²⁰ samples, so that M is exact. */
    private static Setting of(
            String framework, String optimizer, double learningRate, double weightDecay, double stepsPerEpoch) {
        double data = 1 << 20;
        return Setting.of(Recipe.of(Registry.get(framework, optimizer))
                .learningRate(learningRate)
                .weightDecay(weightDecay)
                .batchSize(data / stepsPerEpoch)
                .datasetSize(data)
                .length(new RunLength.Epochs(2))
                .build());
    }
}
