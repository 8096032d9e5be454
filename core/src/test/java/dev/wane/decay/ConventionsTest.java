package dev.wane.decay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConventionsTest {
    static List<DecayConvention> withDecayPerStep() {
        return List.of(new DecoupledLr(), new DecoupledSchedule(), new RawDecay(), new CoupledSgd(0.9, 0, false));
    }

    @ParameterizedTest
    @MethodSource("withDecayPerStep")
    void weightDecayForInvertsTheTimescale(DecayConvention convention) {
        double lambda = convention.weightDecayFor(1e-3, 1e-4);

        assertThat(convention.timescaleSteps(1e-3, lambda)).isCloseTo(1e4, within(1e-8));
    }

    /** Known answers T13 to T15: the same decay in torch's convention. */
    @Test
    void torchWeightDecayOfOtherConventions() {
        assertThat(new RawDecay().torchWeightDecay(1e-3, 1e-4, true)).isCloseTo(0.1, within(1e-15));
        assertThat(new RawDecay().torchWeightDecay(1e-3, 1e-4, false)).isNaN();
        assertThat(new DecoupledSchedule().torchWeightDecay(1e-3, 1e-5, false)).isCloseTo(0.01, within(1e-16));
        assertThat(new DecoupledSchedule().torchWeightDecay(1e-3, 1e-4, true)).isCloseTo(0.1, within(1e-15));
    }

    @Test
    void onlyTwoConventionsFollowTheSchedule() {
        assertThat(new DecoupledLr().decayPerStep(1e-3, 0.5, 0.1)).isCloseTo(5e-5, within(1e-20));
        assertThat(new DecoupledSchedule().decayPerStep(1e-3, 0.5, 0.1)).isEqualTo(0.05);
        assertThat(new RawDecay().decayPerStep(1e-3, 0.5, 0.1)).isEqualTo(0.1);
    }

    @Test
    void coupledAdaptiveHasNoDecayPerStep() {
        assertThat(new CoupledAdaptive().decayPerStep(1e-3, 1, 0.1)).isNaN();
        assertThat(new CoupledAdaptive().decayPerStep(1e-3, 1, 0)).isZero();
    }

    @Test
    void decayIsChecked() {
        assertThatThrownBy(() -> Decay.decoupledLr(Double.NaN))
                .hasMessage("weightDecay must be finite and >= 0, got NaN");
        assertThatThrownBy(() -> Decay.decoupledLr(-1)).hasMessage("weightDecay must be finite and >= 0, got -1.0");
    }

    /** Known answer T32: η = 1e-3, λ = 0.1, N_s = 50,000, B = 128. */
    @Test
    void timescaleInAllUnits() {
        Timescale timescale = Timescale.ofSteps(1e4, 50_000 / 128.0, 39_062.5, 128);

        assertThat(timescale.epochs()).isCloseTo(25.6, within(1e-12));
        assertThat(timescale.runFraction()).isCloseTo(0.256, within(1e-12));
        assertThat(timescale.samples()).isEqualTo(1_280_000);
    }
}
