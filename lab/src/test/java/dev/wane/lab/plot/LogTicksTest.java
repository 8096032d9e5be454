package dev.wane.lab.plot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTicksTest {
    @Test
    void manyDecadesHaveDecades() {
        assertThat(LogTicks.of(1e-3, 1e3)).containsExactly(1e-3, 1e-2, 0.1, 1.0, 10.0, 100.0, 1000.0);
    }

    @Test
    void twoDecadesHaveOneTwoFive() {
        assertThat(LogTicks.of(0.09, 14)).containsExactly(0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0);
    }

    @Test
    void insideADecadeTheyStayRound() {
        assertThat(LogTicks.of(11.4, 14.2)).containsExactly(11.5, 12.0, 12.5, 13.0, 13.5, 14.0);
        assertThat(LogTicks.of(0.3, 0.8)).hasSizeBetween(4, 9);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 12.8", "13.01, 13.02", "1e-9, 1e9", "0.5, 0.9", "99, 101", "1.0, 1.9"})
    void thereAreAlwaysAFewAndAllInside(double low, double high) {
        assertThat(LogTicks.of(low, high))
                .hasSizeBetween(4, 21)
                .allMatch(tick -> tick >= low * 0.9999 && tick <= high * 1.0001);
    }
}
