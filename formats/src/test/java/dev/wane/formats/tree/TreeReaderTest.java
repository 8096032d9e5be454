package dev.wane.formats.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wane.formats.problem.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeReaderTest {
    @Test
    void everySyntaxKeepsPositions() {
        assertThat(position("a.yaml", "lr: 1\nschedule:\n  kind: cosine\n")).isEqualTo("a.yaml:3:9");
        assertThat(position("a.json", "{\"lr\": 1,\n \"schedule\": {\n  \"kind\": \"cosine\"}}"))
                .isEqualTo("a.json:3:11");
        assertThat(position("a.toml", "lr = 1\n[schedule]\nkind = \"cosine\"\n"))
                .isEqualTo("a.toml:3:1");
    }

    @Test
    void numbersKeepTheirText() {
        assertThat(scalar("a.yaml", "lr: 1e-3").text()).isEqualTo("1e-3");
        assertThat(scalar("a.json", "{\"lr\": 1e-3}").text()).isEqualTo("1e-3");
        assertThat(scalar("a.yaml", "lr: \"1e-3\"").quoted()).isTrue();
        assertThat(scalar("a.toml", "lr = 1e-3").text()).isEqualTo("0.001");
    }

    @Test
    void anchorsAreResolved() {
        Node.Mapping root = (Node.Mapping) TreeReader.parse("a.yaml", "a: &x {b: 1}\nc: *x\n");

        assertThat(root.entries().get("c").value()).isInstanceOf(Node.Mapping.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.yaml | a: [1, | not well-formed YAML",
                "a.yaml | '' | the file is empty",
                "a.yaml | a: 1\\n---\\nb: 2 | a second document begins here",
                "a.json | {\"a\": 1, \"a\": 2} | Duplicate",
                "a.json | {\"a\": | not well-formed JSON",
                "a.json | {} {} | text after the end",
                "a.json | '' | the file is empty",
                "a.toml | a = | not well-formed TOML",
                "a.toml | a = 1\\na = 2 | a"
            })
    void malformedTextIsAProblemWithAPlace(String name, String text, String message) {
        assertThatThrownBy(() -> TreeReader.parse(name, text.replace("\\n", "\n")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message)
                .hasMessageStartingWith(name + ":");
    }

    @Test
    void hostileYamlIsAProblemAndNoCrash() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [1, 1]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
        }
        for (String text : new String[] {"a: \u0000", "[".repeat(50_000), bomb.toString()}) {
            assertThatThrownBy(() -> TreeReader.parse("a.yaml", text)).isInstanceOf(InputException.class);
        }
    }

    @Test
    void unreadableFilesAreProblems(@TempDir Path folder) throws Exception {
        Path binary = Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThatThrownBy(() -> TreeReader.read(folder.resolve("none.yaml"))).hasMessageEndingWith("no such file");
        assertThatThrownBy(() -> TreeReader.read(binary)).hasMessageEndingWith("is not UTF-8 text");
        assertThatThrownBy(() -> TreeReader.read(folder))
                .hasMessageEndingWith("is a directory, and none of MLflow's runs");
    }

    private static String position(String name, String text) {
        Node.Mapping root = (Node.Mapping) TreeReader.parse(name, text);
        Node.Mapping schedule = (Node.Mapping) root.entries().get("schedule").value();
        return schedule.entries().get("kind").value().position().toString();
    }

    private static Node.Scalar scalar(String name, String text) {
        Node.Mapping root = (Node.Mapping) TreeReader.parse(name, text);
        return (Node.Scalar) root.entries().get("lr").value();
    }
}
