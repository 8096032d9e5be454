package dev.wane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the examples for continuous integration, run as they stand there. */
class CiExamplesTest {
    private static final Path EXAMPLES = Path.of("../examples/ci");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theWorkflowsCommandsPassAndFailAsTheyShould() throws IOException {
        TreeReader.read(EXAMPLES.resolve("github-actions.yml"));
        List<String> commands = commands("github-actions.yml", Pattern.compile("\\.wane/wane (lint|groups) (.*)"));
        assertThat(commands).hasSize(2);
        Path good = config("good.yaml", "weight_decay: 0.1\nnum_train_epochs: 3\noptim: adamw_torch\n");
        Path bad = config("bad.yaml", "weight_decay: 3.0e-7\nnum_train_epochs: 3\noptim: adamw_torch\n");
        String lint = commands.getFirst().replaceAll(" > \\S+$", "");

        assertThat(wane(lint.replace("configs/*.yaml", good.toString()))).isZero();
        Node.Mapping sarif = (Node.Mapping) TreeReader.parse("o.json", out.toString());
        assertThat(sarif.entries()).containsKeys("$schema", "version", "runs");
        assertThat(wane(lint.replace("configs/*.yaml", bad.toString()) + " --dataset-size 100000"))
                .isEqualTo(1);

        Path names = Files.writeString(folder.resolve("parameters.txt"), "a.weight [2, 2]\na.bias [2]\n");
        Path map = folder.resolve("decay.map");
        String check =
                commands.getLast().replace("parameters.txt", names.toString()).replace("decay.map", map.toString());
        assertThat(wane(check.replace("--check", "--write"))).isZero();
        assertThat(wane(check)).isZero();
        Files.writeString(names, "a.weight [2, 2]\na.bias [2]\na.norm1.weight [2]\n");
        assertThat(wane(check)).isEqualTo(1);
    }

    @Test
    void theHooksCommandTakesTheChangedFiles() throws IOException {
        TreeReader.read(EXAMPLES.resolve("pre-commit-config.yaml"));
        String entry = commands("pre-commit-config.yaml", Pattern.compile("entry: wane (lint) (.*)"))
                .getFirst();

        assertThat(wane(entry + " " + config("a.yaml", "weight_decay: 0.1\nmax_steps: 10000\n") + " "
                        + config("b.yaml", "weight_decay: 0.1\nmax_steps: 10000\n")))
                .isZero();
    }

    private Path config(String name, String text) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                "output_dir: out\nper_device_train_batch_size: 8\nlearning_rate: 1.0e-3\n" + text);
    }

    private static List<String> commands(String file, Pattern pattern) throws IOException {
        List<String> commands = new ArrayList<>();
        Matcher matcher = pattern.matcher(Files.readString(EXAMPLES.resolve(file)));
        while (matcher.find()) {
            commands.add(matcher.group(1) + " " + matcher.group(2));
        }
        return commands;
    }

    private int wane(String words) {
        out.getBuffer().setLength(0);
        return Wane.run(words.split(" +", -1), new PrintWriter(out), new PrintWriter(err));
    }
}
