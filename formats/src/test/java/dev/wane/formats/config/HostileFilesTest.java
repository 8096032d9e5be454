package dev.wane.formats.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wane.formats.lint.Linter;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are broken, or made to break their reader, end in a problem with a place or in an answer, and soon. */
class HostileFilesTest {
    /** For longer hunts: -Dwane.mutations=100000. */
    private static final int MUTATIONS = Integer.getInteger("wane.mutations", 200);

    private static final List<String> SPLICES = List.of(
            "{",
            "}",
            "[",
            "]",
            "(",
            ")",
            "\"",
            "'",
            "\"\"\"",
            ":",
            ",",
            "\n",
            "\t",
            "#",
            "${",
            "}",
            "???",
            "&a",
            "*a",
            "<<: ",
            "1e999",
            "-1",
            "0",
            "NaN",
            "null",
            "auto",
            "True",
            "\\",
            "\u0000",
            "\uFEFF",
            "é",
            "9".repeat(400),
            "(".repeat(300),
            "[".repeat(300),
            "- ".repeat(300),
            "_base_ = ",
            "dict(",
            "**",
            "lambda: ",
            "=",
            "==",
            "!!python/object ",
            "|\n",
            ">\n");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(FamiliesTest.folder())) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".csv")
                            && !file.toString().endsWith(".class"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** Bytes cut, doubled, replaced and spliced in: an answer or a problem, never another exception, never a hang. */
    @ParameterizedTest
    @MethodSource("files")
    @Timeout(300)
    void mutilatedFilesEndInAProblemOrAnAnswer(Path file) throws IOException {
        String original = Files.readString(file);
        SplittableRandom random =
                new SplittableRandom(file.getFileName().toString().hashCode());
        for (int i = 0; i < MUTATIONS; i++) {
            String text = mutilated(original, random);
            try {
                lint(file.getFileName().toString(), text);
            } catch (InputException e) {
                assertThat(e.problems()).isNotEmpty();
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("at mutation " + i + " of " + file.getFileName() + ":\n" + text, e);
            }
        }
    }

    private static String mutilated(String original, SplittableRandom random) {
        StringBuilder text = new StringBuilder(original);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && !text.isEmpty(); i++) {
            int at = random.nextInt(text.length());
            int to = Math.min(text.length(), at + random.nextInt(40));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, to);
                case 1 -> text.insert(at, text.substring(at, to));
                case 2 -> text.setCharAt(at, (char) (1 + random.nextInt(126)));
                default -> text.insert(at, SPLICES.get(random.nextInt(SPLICES.size())));
            }
        }
        return text.toString();
    }

    private static void lint(String name, String text) {
        if (TreeReader.parse(name, text) instanceof Node.Mapping mapping) {
            Linter.lint(name, ConfigReader.read(new Sources(mapping, List.of(), 8L, 50_000.0), null));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deep.yaml | [ | 200 | nested deeper than 64 levels",
                "deep.toml | a = [ | 200000 | nested deeper than the stack allows",
                "deep.json | [ | 2000 | nested deeper than 500 levels",
                "bomb.yaml | bomb | 0 | more than 100000 values, anchors expanded"
            })
    @Timeout(20)
    void deepAndExplodingFilesAreCutOff(String name, String unit, int times, String message) {
        String start = unit.substring(0, unit.length() - 1);
        String text = unit.equals("bomb") ? bomb() : start + "[".repeat(times) + "]".repeat(times);

        assertThatThrownBy(() -> TreeReader.parse(name, text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    /** A billion laughs: each line holds ten of the one before. */
    private static String bomb() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            text.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [")
                    .append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("*a")
                    .append(i - 1)
                    .append("]\n");
        }
        return text.toString();
    }

    @Test
    @Timeout(20)
    void longExpressionsAndBasesInCirclesEnd(@TempDir Path folder) throws IOException {
        assertThat(TreeReader.parse("a.py", "a = " + "(".repeat(5000) + "1" + ")".repeat(5000)))
                .isNotNull();
        assertThat(TreeReader.parse("a.py", "a = " + "1 + ".repeat(20_000) + "1"))
                .isNotNull();
        Files.writeString(
                folder.resolve("a.py"),
                "_base_ = ['b.py', '/etc/passwd', '../../../etc/hosts', 'http://x/y.py']\noptimizer = dict(type='SGD', lr=1)\n");
        Files.writeString(folder.resolve("b.py"), "_base_ = 'a.py'\nlr_config = dict(policy='fixed')\n");

        Node.Mapping read = (Node.Mapping) TreeReader.read(folder.resolve("a.py"));

        assertThat(read.entries()).containsKeys("optimizer", "lr_config", "_base_");
        assertThat(((Node.Sequence) read.entries().get("_base_").value()).items())
                .hasSize(3);
    }

    @Test
    void bytesThatAreNoTextAreNamed(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("a.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 'a'});
        assertThatThrownBy(() -> TreeReader.read(file)).hasMessageContaining("is not UTF-8 text");
        Path large = Files.write(folder.resolve("b.yaml"), new byte[4 << 20]);
        assertThatThrownBy(() -> TreeReader.read(large)).hasMessageContaining("is larger than 3 MiB");
        Path zip =
                Files.write(folder.resolve("c.keras"), "PK\u0003\u0004garbage".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> TreeReader.read(zip)).hasMessageContaining("is a broken archive");
    }
}
