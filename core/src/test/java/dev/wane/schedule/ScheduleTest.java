package dev.wane.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Schedule COSINE = new Schedule(new Cosine(0), 0);
    private static final Schedule LINEAR = new Schedule(new Linear(0), 0);
    private static final Schedule WARM = new Schedule(new Cosine(0.1), 100);

    /** Known answers T48 and T49. */
    @Test
    void sumsOfMultipliers() {
        assertThat(Schedule.constant().multipliers(1000).sum()).isEqualTo(1000);
        assertThat(COSINE.multipliers(1000).sum()).isCloseTo(500.5, within(1e-9));
        assertThat(LINEAR.multipliers(1000).sum()).isCloseTo(500.5, within(1e-9));
        assertThat(WARM.multipliers(1000).sum()).isCloseTo(545.95, within(1e-9));
    }

    /** Known answer T50. */
    @Test
    void sumsOfSquaredMultipliers() {
        assertThat(COSINE.multipliers(1000).map(s -> s * s).sum()).isCloseTo(375.5, within(1e-9));
        assertThat(LINEAR.multipliers(1000).map(s -> s * s).sum()).isCloseTo(333.8335, within(1e-9));
        assertThat(WARM.multipliers(1000).map(s -> s * s).sum()).isCloseTo(397.705, within(1e-9));
    }

    /** The Javadoc's formulas, evaluated as written. */
    @Test
    void warmUpThenShape() {
        assertThat(WARM.multiplier(0, 1000)).isEqualTo(1 / 100.0);
        assertThat(WARM.multiplier(99, 1000)).isEqualTo(1);
        double x = (550 - 100) / (1000.0 - 100);
        assertThat(WARM.multiplier(550, 1000)).isEqualTo(0.1 + (1 - 0.1) * 0.5 * (1 + Math.cos(Math.PI * x)));
        assertThat(new Linear(0.2).at(25, 100)).isEqualTo(1 - (1 - 0.2) * 0.25);
    }

    @Test
    void warmUpScalesWithTheRun() {
        assertThat(WARM.scaled(0.125).warmupSteps()).isEqualTo(13);
        assertThat(WARM.isConstant()).isFalse();
        assertThat(Schedule.constant().isConstant()).isTrue();
    }

    @Test
    void rangesAreChecked() {
        assertThatThrownBy(() -> new Cosine(Double.NaN)).hasMessage("floor must be in [0, 1], got NaN");
        assertThatThrownBy(() -> new Schedule(new Constant(), -1)).hasMessage("warmupSteps must be >= 0, got -1");
    }
}
