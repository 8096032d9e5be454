package dev.wane.decay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

class CoupledSgdTest {
    private final CoupledSgd momentum = new CoupledSgd(0.9, 0, false);

    /** Known answer T26. */
    @Test
    void decayPerStepIsOneMinusTheSlowRoot() {
        assertThat(momentum.decayPerStep(0.1, 1, 5e-4)).isCloseTo(5.022716321e-4, withinPercentage(1e-7));
        assertThat(momentum.decayPerStep(0.1, 1, 1e-4)).isCloseTo(1.000901714e-4, withinPercentage(1e-7));
    }

    @Test
    void timescaleIsFirstOrder() {
        assertThat(momentum.timescaleSteps(0.1, 5e-4)).isCloseTo(2000, within(1e-9));
        assertThat(new CoupledSgd(0.9, 0.5, false).timescaleSteps(0.1, 5e-4)).isCloseTo(4000, within(1e-9));
    }

    /** Known answer T27: the limit is (1 − √0.9)² = 2.633403899e-3 on ηλ. */
    @Test
    void oscillatesAboveTheRealRootLimit() {
        assertThat(momentum.oscillates(1, 2.6334e-3)).isFalse();
        assertThat(momentum.oscillates(1, 2.6335e-3)).isTrue();
        assertThat(momentum.decayPerStep(1, 1, 2.6335e-3)).isEqualTo(1 - Math.sqrt(0.9));
    }

    @Test
    void withoutMomentumItIsDecoupledDecay() {
        assertThat(new CoupledSgd(0, 0, false).decayPerStep(0.1, 0.5, 5e-4)).isCloseTo(2.5e-5, within(1e-18));
    }

    /** The Javadoc's quadratics, evaluated as written. */
    @Test
    void slowRootsSolveTheirQuadratics() {
        double x = 0.1 * 5e-4;
        double z = 1 - momentum.decayPerStep(0.1, 1, 5e-4);
        assertThat(z * z - (1 + 0.9 - x) * z + 0.9).isCloseTo(0, within(1e-15));

        double n = 1 - new CoupledSgd(0.9, 0, true).decayPerStep(0.1, 1, 5e-4);
        assertThat(n * n - (1 + 0.9) * (1 - x) * n + 0.9 * (1 - x)).isCloseTo(0, within(1e-15));
    }

    @Test
    void torchWeightDecayCarriesTheMomentumFactor() {
        assertThat(momentum.torchWeightDecay(0.1, 5e-4, true)).isCloseTo(5e-3, within(1e-17));
        assertThat(momentum.weightDecayFor(0.1, 5e-4)).isCloseTo(5e-4, within(1e-17));
    }

    @Test
    void dampeningWithoutMomentumHasNoEffect() {
        assertThat(new CoupledSgd(0, 0.5, false).decayPerStep(0.1, 1, 0.01)).isCloseTo(1e-3, within(1e-18));
        assertThat(new CoupledSgd(0, 0.5, false).torchWeightDecay(0.1, 0.01, true))
                .isEqualTo(0.01);
        assertThat(new CoupledSgd(0, 0, false).decayPerStep(1, 1, 1.5)).isEqualTo(1.5);
    }

    @Test
    void rangesAreChecked() {
        assertThatThrownBy(() -> new CoupledSgd(1, 0, false)).hasMessage("momentum must be in [0, 1), got 1.0");
        assertThatThrownBy(() -> new CoupledSgd(Double.NaN, 0, false))
                .hasMessage("momentum must be in [0, 1), got NaN");
        assertThatThrownBy(() -> new CoupledSgd(0.9, 0.1, true)).hasMessageContaining("nesterov needs momentum > 0");
    }
}
