package dev.wane.formats.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wane.formats.tree.Interpolation;
import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Traps of real files, and the page of the documentation that lists them. */
class TrapsTest {
    private static final Path PAGE = Path.of("../docs/configs.md");

    static Stream<String> traps() throws IOException {
        return rows("traps.csv");
    }

    private static Stream<String> rows(String file) throws IOException {
        return Files.readAllLines(FamiliesTest.folder().resolve(file)).stream()
                .filter(line -> !line.startsWith("# ") && !line.isBlank());
    }

    private static String[] cells(String row) {
        return Arrays.stream(row.split("\\|", -1)).map(String::strip).toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("traps")
    void aTrapIsReadForWhatItIs(String row) {
        String[] cells = cells(row);
        Lookup lookup = lookup(cells[1], unescaped(cells[2]));
        String key = cells[3];

        switch (cells[4]) {
            case "number" ->
                assertThat(Objects.requireNonNull(lookup.number(key)).value())
                        .isCloseTo(Double.parseDouble(cells[5]), within(1e-15 * Double.parseDouble(cells[5])));
            case "numbers" ->
                assertThat(Lookup.numbers(lookup.find(key).orElseThrow().value()))
                        .containsExactly(Arrays.stream(cells[5].split(" ", -1))
                                .map(Double::valueOf)
                                .toArray(Double[]::new));
            case "text" ->
                assertThat(Objects.requireNonNull(lookup.text(key)).value()).isEqualTo(cells[5]);
            case "flag" -> assertThat(lookup.flag(key)).isTrue();
            case "time" -> {
                TimeText time = TimeText.of(
                                Objects.requireNonNull(lookup.text(key)).value())
                        .orElseThrow();
                String[] expected = cells[5].split(" ", -1);
                assertThat(time).isEqualTo(new TimeText(Double.parseDouble(expected[0]), expected[1]));
            }
            case "unresolved" ->
                assertThat(Objects.requireNonNull(lookup.number(key)).value()).isNull();
            case "absent" -> assertThat(lookup.has(key)).isFalse();
            default -> throw new IllegalArgumentException(cells[4]);
        }
    }

    private static Lookup lookup(String name, String text) {
        Node.Mapping read = (Node.Mapping) TreeReader.parse(name, text);
        return new Lookup(LoggedConfig.unwrapped(Interpolation.resolve(read)));
    }

    private static String unescaped(String text) {
        return text.replace("\\\\n", "\\\n")
                .replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\uFEFF", "\uFEFF");
    }

    @Test
    void thePageSaysWhatTheTestsSay() throws IOException {
        String page = page();
        if (Boolean.getBoolean("wane.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("stale: ./mvnw -B test -pl core,formats -Dtest=TrapsTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dwane.write=true")
                .isEqualTo(page);
    }

    private static String page() throws IOException {
        return """
                # Configurations that Wane reads

                `wane lint`, `explain`, `plan` and `convert` take them as they are; `lint` says where each number comes from and
                what is not known. This page is generated from the tests.

                ## Families

                A family is recognised by what is in the file; `--format-hint NAME` overrides that. "?" is a quantity that the file
                does not say: the report names the option that does.

                | file | with | `--format-hint` | optimizer | learning rate | λ | batch | steps | verdict | findings |
                |---|---|---|---|---|---|---|---|---|---|
                """
                + rows("families.csv")
                        .map(TrapsTest::cells)
                        .map(TrapsTest::line)
                        .collect(Collectors.joining())
                + """

                ## Traps

                | in the file | example | read as |
                |---|---|---|
                """
                + traps().map(TrapsTest::cells).map(TrapsTest::trap).collect(Collectors.joining());
    }

    private static String line(String[] cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String trap(String[] cells) {
        String value = cells[4].equals("unresolved")
                ? "unresolved, never guessed"
                : cells[4].equals("absent") ? "not given" : cells[5];
        return "| " + cells[0] + " | `" + cells[2].replace("`", "") + "` | " + value + " |\n";
    }
}
