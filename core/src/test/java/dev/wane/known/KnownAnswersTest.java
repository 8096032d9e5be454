package dev.wane.known;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of {@code known-answers.csv}: numbers that were computed elsewhere. */
class KnownAnswersTest {
    static Stream<Arguments> rows() {
        return lines().stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> Arguments.of(
                        Arrays.stream(line.split("\\|")).map(String::strip).toArray()));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("rows")
    void figureIsTheKnownOne(String id, String figure, String inputs, String expected, String tolerance) {
        double known = Double.parseDouble(expected);
        boolean absolute = tolerance.endsWith("a");
        double bound = Double.parseDouble(absolute ? tolerance.substring(0, tolerance.length() - 1) : tolerance)
                * (absolute ? 1 : Math.abs(known));

        assertThat(Figures.compute(figure, Inputs.parse(inputs))).as(id).isCloseTo(known, within(bound));
    }

    @Test
    void noKnownAnswerIsLeftOut() {
        List<String> ids = rows().map(row -> (String) row.get()[0]).distinct().toList();

        assertThat(ids)
                .containsAll(IntStream.rangeClosed(1, 79).mapToObj(i -> "T" + i).toList())
                .contains("T19b", "T39b");
    }

    private static List<String> lines() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(KnownAnswersTest.class.getResourceAsStream("/dev/wane/known-answers.csv")),
                StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
