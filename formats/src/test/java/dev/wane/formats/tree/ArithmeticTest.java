package dev.wane.formats.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArithmeticTest {
    @ParameterizedTest
    @CsvSource({
        "5 * 8, 40",
        "2**3**2, 512",
        "-2**2, -4",
        "2**-1, 0.5",
        "7 // 2, 3",
        "7 / 2, 3.5",
        "1 + 2 * (3 - 1), 5",
        "600_000, 600000",
        "3.e-5, 3e-5",
        ".5, 0.5",
        "10 % 4, 2"
    })
    void numbersAreComputedAsPythonDoes(String text, double expected) {
        assertThat(Arithmetic.of(text)).isEqualTo(expected);
    }

    /** The shell divides whole numbers. */
    @Test
    void theShellHasWholeNumbers() {
        assertThat(Arithmetic.whole("7 / 2")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1 +", "f(2)", "1 / 0", "[1]", "1 2", "((1)"})
    void everythingElseIsUnknown(String text) {
        assertThat(Arithmetic.of(text)).isNull();
    }

    @Test
    void deepNestingIsNotFollowed() {
        assertThat(Arithmetic.of("(".repeat(100_000) + "1" + ")".repeat(100_000)))
                .isNull();
    }
}
