package dev.wane.decay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConversionsTest {
    static Stream<DecayConvention> conventions() {
        return Stream.of(
                new DecoupledLr(),
                new DecoupledSchedule(),
                new RawDecay(),
                new Corrected(),
                new CorrectedRaw(),
                new CoupledSgd(0, 0, false),
                new CoupledSgd(0.9, 0, false),
                new CoupledSgd(0.9, 0.5, false),
                new CoupledSgd(0.95, 0, true),
                new Multiplied(2, new DecoupledLr()),
                new Penalty(2, new CoupledSgd(0.9, 0, false)));
    }

    @ParameterizedTest
    @MethodSource("conventions")
    void timescaleAndExactDecayRoundTrip(DecayConvention convention) {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 100; i++) {
            double rate = Math.pow(10, -4 + 3 * random.nextDouble());
            double decay = Math.pow(10, -8 + 5 * random.nextDouble());

            double lambda = convention.weightDecayFor(rate, decay);
            double exact = convention.exactWeightDecayFor(rate, decay);

            assertThat(1 / convention.timescaleSteps(rate, lambda)).isCloseTo(decay, withinPercentage(1e-10));
            assertThat(convention.decayPerStep(rate, 1, exact)).isCloseTo(decay, withinPercentage(1e-8));
        }
    }

    @ParameterizedTest
    @MethodSource("conventions")
    void torchsLambdaHasTheSameTimescale(DecayConvention convention) {
        double lambda = convention.weightDecayFor(1e-2, 1e-5);

        double torch = convention.torchWeightDecay(1e-2, lambda, true);

        assertThat(new DecoupledLr().timescaleSteps(1e-2, torch)).isCloseTo(1e5, withinPercentage(1e-10));
    }

    /** Raw and corrected decay agree with torch's at no more than one point of a schedule. */
    @Test
    void onlyDecayThatFollowsTheScheduleHasATorchLambdaUnderOne() {
        assertThat(List.of(new RawDecay(), new Corrected(), new CorrectedRaw()))
                .allMatch(convention -> Double.isNaN(convention.torchWeightDecay(1e-3, 0.1, false)));
        assertThat(new DecoupledSchedule().torchWeightDecay(1e-3, 1e-4, false)).isCloseTo(0.1, within(1e-15));
    }

    @Test
    void formulasAsWritten() {
        double eta = 3e-3;
        double s = 0.4;
        double lambda = 0.2;
        assertThat(new Corrected().decayPerStep(eta, s, lambda)).isEqualTo(eta * s * s * lambda);
        assertThat(new CorrectedRaw().decayPerStep(eta, s, lambda)).isEqualTo((eta * s) * (eta * s) * lambda);
        assertThat(new Multiplied(2, new DecoupledLr()).decayPerStep(eta, s, lambda))
                .isEqualTo(eta * s * (2 * lambda));
        assertThat(new Decay(0.01, new Penalty(2, new CoupledSgd(0, 0, false))).plain())
                .isEqualTo(new Decay(0.02, new CoupledSgd(0, 0, false)));
    }

    @Test
    void whereThereIsNoDecayPerStepNothingIsInvented() {
        for (DecayConvention convention : List.of(new CoupledAdaptive(), new InTrustRatio())) {
            assertThat(convention.hasDecayPerStep()).isFalse();
            assertThat(convention.decayPerStep(1e-3, 1, 0.1)).isNaN();
            assertThat(convention.torchWeightDecay(1e-3, 0.1, true)).isNaN();
            assertThat(convention.decayPerStep(1e-3, 1, 0)).isZero();
        }
    }

    /** Limits of the pure decay, against its recurrence. */
    @Test
    void oscillationAndStabilityLimits() {
        for (CoupledSgd sgd : List.of(new CoupledSgd(0.9, 0, false), new CoupledSgd(0.9, 0, true))) {
            assertThat(sgd.oscillates(1, sgd.oscillationLimit() * 0.999)).isFalse();
            assertThat(sgd.oscillates(1, sgd.oscillationLimit() * 1.001)).isTrue();
            assertThat(size(sgd, sgd.stabilityLimit() * 0.999)).isLessThan(1);
            assertThat(size(sgd, sgd.stabilityLimit() * 1.001)).isGreaterThan(1);
            assertThat(sgd.stable(1, sgd.stabilityLimit() * 0.999)).isTrue();
            assertThat(sgd.stable(1, sgd.stabilityLimit() * 1.001)).isFalse();
        }
    }

    private static double size(CoupledSgd sgd, double lambda) {
        double weight = 1;
        double buffer = 0;
        for (int step = 0; step < 20_000; step++) {
            double gradient = lambda * weight;
            buffer = sgd.momentum() * buffer + gradient;
            weight -= sgd.nesterov() ? gradient + sgd.momentum() * buffer : buffer;
        }
        return Math.abs(weight);
    }
}
