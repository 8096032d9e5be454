package dev.wane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupsCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path model = Path.of("");

    @BeforeEach
    void names() throws IOException {
        model = Files.writeString(folder.resolve("model.txt"), """
                embed.weight [1000, 64]
                layers.0.norm1.weight [64]
                layers.0.proj.weight [64, 64]
                layers.0.proj.bias [64]
                layers.1.norm1.weight [64]
                layers.1.proj.weight [64, 64]
                layers.1.proj.bias [64]
                """);
    }

    @Test
    void aMapSaysWhatATrainerMisses() {
        assertThat(wane("groups", model.toString(), "--policy", "hf-trainer")).isZero();

        assertThat(out.toString())
                .contains("7 parameters, 5 decayed under the policy hf-trainer")
                .contains("decayed, and usually left out: 2 (layers.0.norm1.weight, layers.1.norm1.weight)")
                .contains("layers.*.proj.weight (2)");
    }

    /** What torch.save really writes: weights, an optimizer, and the settings and numbers that trainers put beside them. */
    @Test
    void aCheckpointOfTorchIsReadAndAWholeModuleIsNot() throws Exception {
        Python.needsTorch();
        Path script = Files.writeString(folder.resolve("save.py"), """
                import argparse, collections, pathlib, sys
                import numpy, torch
                model = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.LayerNorm(3))
                optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.05)
                model(torch.ones(2, 4)).sum().backward()
                optimizer.step()
                torch.save({
                    "state_dict": model.state_dict(), "optimizer": optimizer.state_dict(), "names": {"a"},
                    "args": argparse.Namespace(lr=1, path=pathlib.Path("x")), "metric": numpy.float64(3.5),
                    "array": numpy.arange(3), "counts": collections.defaultdict(int), "device": torch.device("cpu"),
                    "parameter": torch.nn.Parameter(torch.ones(2)), "half": torch.ones(2, dtype=torch.bfloat16)
                }, sys.argv[1])
                torch.save(model, sys.argv[2])
                """);
        Path checkpoint = folder.resolve("last.pth.tar");
        Path module = folder.resolve("module.pt");
        assertThat(Python.run(script.toString(), checkpoint.toString(), module.toString()))
                .isZero();

        assertThat(wane("groups", checkpoint.toString(), "--policy", "timm")).isZero();
        assertThat(out.toString()).contains("4 parameters, 1 decayed under the policy timm");
        assertThat(wane("diff", checkpoint.toString(), checkpoint.toString())).isZero();
        assertThat(wane("groups", module.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("names torch.nn.modules.container.Sequential", "save the weights as safetensors");
    }

    @Test
    void jsonIsTheContracts() {
        assertThat(wane("groups", model.toString(), "--json")).isZero();

        Node.Mapping root = (Node.Mapping) TreeReader.parse("o.json", out.toString());
        assertThat(root.entries()).containsKeys("version", "parameters", "summary");
        Node.Mapping first =
                (Node.Mapping) ((Node.Sequence) root.entries().get("parameters").value())
                        .items()
                        .getFirst();
        assertThat(first.entries()).containsOnlyKeys("name", "shape", "role", "decay", "reason", "doubtful");
    }

    @Test
    void aChangeOfTheMapIsReadable() throws IOException {
        Path golden = folder.resolve("decay.map");
        assertThat(wane("groups", model.toString(), "--write", golden.toString()))
                .isZero();
        assertThat(wane("groups", model.toString(), "--check", golden.toString()))
                .isZero();

        Files.writeString(
                model, Files.readString(model).replace("layers.1.norm1.weight [64]", "layers.1.scale [64, 1]"));
        out.getBuffer().setLength(0);
        assertThat(wane("groups", model.toString(), "--check", golden.toString()))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("- -     norm      layers.1.norm1.weight [64]", "+ decay matrix    layers.1.scale [64, 1]");

        out.getBuffer().setLength(0);
        assertThat(wane("groups", model.toString(), "--check", golden.toString(), "--json"))
                .isEqualTo(1);
        assertThat(out.toString())
                .startsWith("{")
                .contains("\"equal\" : false", "\"+ decay matrix    layers.1.scale [64, 1]\"");
    }

    @Test
    void aPolicyOfOnesOwnIsAFile() throws IOException {
        Path policy = Files.writeString(folder.resolve("p.yaml"), "noDecay: ['embed', 'norm']\ndecay: ['bias$']\n");
        assertThat(wane("groups", model.toString(), "--policy", policy.toString(), "--all"))
                .isZero();
        assertThat(out.toString()).contains("7 parameters, 4 decayed", "matches bias$");

        Files.writeString(policy, "noDecay: ['(']\nother: 1\n");
        assertThat(wane("groups", model.toString(), "--policy", policy.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("2 problems", "is no regular expression", "unknown key 'other'");
    }

    @Test
    void codeGroupsByName() {
        assertThat(wane("groups", model.toString(), "--emit", "code")).isZero();
        assertThat(out.toString())
                .contains(
                        "\"layers.0.norm1.weight\": False,",
                        "\"layers.0.proj.weight\": True,",
                        "def parameter_groups(");
    }

    @Test
    void mistakesAreNamed() {
        assertThat(wane("groups", "absent.safetensors")).isEqualTo(2);
        assertThat(wane("groups", model.toString(), "--policy", "hftrainer")).isEqualTo(2);
        assertThat(err.toString()).contains("absent.safetensors: no such file", "did you mean 'hf-trainer'?");
    }

    private int wane(String... words) {
        return Wane.run(words, new PrintWriter(out), new PrintWriter(err));
    }
}
