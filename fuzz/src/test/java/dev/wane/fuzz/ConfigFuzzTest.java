package dev.wane.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wane.formats.config.ConfigReader;
import dev.wane.formats.config.Sources;
import dev.wane.formats.lint.Linter;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Configurations: every text ends in an answer or in a problem. The seeds are the families of the readers' tests. */
class ConfigFuzzTest {
    private static final Path FAMILIES = Path.of("..", "formats/src/test/resources/dev/wane/formats/config");

    static Stream<byte[]> yamls() throws IOException {
        return seeds(".yaml", ".yml");
    }

    static Stream<byte[]> jsons() throws IOException {
        return seeds(".json");
    }

    static Stream<byte[]> tomls() throws IOException {
        return seeds(".toml");
    }

    static Stream<byte[]> pythons() throws IOException {
        return seeds(".py");
    }

    static Stream<byte[]> scripts() throws IOException {
        return seeds(".sh");
    }

    static Stream<byte[]> sources() throws IOException {
        return seeds(".java");
    }

    @MethodSource("yamls")
    @FuzzTest(maxDuration = "10m")
    void yaml(byte[] bytes) {
        lint("a.yaml", bytes);
    }

    @MethodSource("jsons")
    @FuzzTest(maxDuration = "10m")
    void json(byte[] bytes) {
        lint("a.json", bytes);
    }

    @MethodSource("tomls")
    @FuzzTest(maxDuration = "10m")
    void toml(byte[] bytes) {
        lint("a.toml", bytes);
    }

    @MethodSource("pythons")
    @FuzzTest(maxDuration = "10m")
    void python(byte[] bytes) {
        lint("a.py", bytes);
    }

    @MethodSource("scripts")
    @FuzzTest(maxDuration = "10m")
    void shell(byte[] bytes) {
        lint("a.sh", bytes);
    }

    @MethodSource("sources")
    @FuzzTest(maxDuration = "10m")
    void java(byte[] bytes) {
        lint("A.java", bytes);
    }

    private static void lint(String name, byte[] bytes) {
        try {
            if (TreeReader.parse(name, new String(bytes, StandardCharsets.UTF_8)) instanceof Node.Mapping mapping) {
                Linter.lint(name, ConfigReader.read(new Sources(mapping, List.of(), 8L, 50_000.0), null));
            }
        } catch (InputException expected) {
            if (expected.problems().isEmpty()) {
                throw new AssertionError("a refusal without a problem", expected);
            }
        }
    }

    private static Stream<byte[]> seeds(String... endings) throws IOException {
        try (Stream<Path> files = Files.walk(FAMILIES)) {
            return files
                    .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .sorted()
                    .map(ConfigFuzzTest::bytes)
                    .toList()
                    .stream();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }
}
