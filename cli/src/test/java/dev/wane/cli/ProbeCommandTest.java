package dev.wane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The probe in a real PyTorch script. */
class ProbeCommandTest {
    private static final String SCRIPT = """
            import sys
            sys.path.insert(0, sys.argv[1])
            import warnings
            warnings.simplefilter("error")
            import torch, wane_probe
            torch.manual_seed(1)
            model = torch.nn.Sequential(torch.nn.Embedding(20, 8), torch.nn.Linear(8, 8), torch.nn.LayerNorm(8))
            matrices = [p for p in model.parameters() if p.dim() > 1]
            vectors = [p for n, p in model.named_parameters() if p.dim() < 2 and n != "1.bias"]
            optimizer = torch.optim.SGD([{"params": matrices, "weight_decay": 0.5}, {"params": vectors}], lr=0.1)
            schedule = torch.optim.lr_scheduler.StepLR(optimizer, 4, 0.5)
            probe = wane_probe.attach(model, optimizer, sys.argv[1] + "/probe.jsonl", every=4)
            for step in range(10):
                optimizer.zero_grad()
                loss = model(torch.randint(0, 10, (16,))).pow(2).mean()
                loss.backward()
                before = model[1].weight.detach().clone()
                optimizer.step()
                schedule.step()
                if step == 8:
                    expected = [model[1].weight.norm(), model[1].weight.grad.norm(), (model[1].weight - before).norm()]
                probe.log(step + 1, loss=loss)
            probe.detach()
            optimizer.step()
            print(*[e.item() for e in expected])
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theProbeWritesWhatTheOptimizerHasAndDoes() throws Exception {
        Python.needsTorch();
        assertThat(wane("probe", folder.resolve("wane_probe.py").toString())).isZero();
        Files.writeString(folder.resolve("train.py"), SCRIPT);
        Path printed = folder.resolve("printed");

        assertThat(Python.run(printed, folder.resolve("train.py").toString(), folder.toString()))
                .as(Files.readString(printed))
                .isZero();

        List<String> lines = Files.readAllLines(folder.resolve("probe.jsonl"));
        assertThat(lines).hasSize(1 + 3 + 10);
        assertThat(lines.getFirst()).contains("\"class\": \"SGD\"", "\"left_out\": [\"1.bias\"]");
        List<String> sampled =
                lines.stream().filter(line -> line.contains("norms")).toList();
        assertThat(sampled)
                .extracting(line -> line.substring(0, 10))
                .containsExactly("{\"step\": 1", "{\"step\": 5", "{\"step\": 9");
        String[] expected = Files.readString(printed).strip().split(" ");
        assertThat(sampled.getLast()).contains("\"1.weight\": [" + String.join(", ", expected) + "]");
        assertThat(sampled.getLast()).contains("\"groups\": [{\"lr\": 0.025, \"weight_decay\": 0.5}");
    }

    @Test
    void groupsSaysWhatIsInNoGroup() throws Exception {
        Path probe = Files.writeString(folder.resolve("p.jsonl"), """
                {"wane_probe": 1, "optimizer": {"class": "AdamW", "module": "torch.optim.adamw"}, "groups": [{"settings": {"lr": 0.1,\
                 "weight_decay": 0.1}, "parameters": [{"name": "a.weight", "shape": [2, 3], "dtype": "float32", "requires_grad": true}]}],\
                 "left_out": ["b.weight"], "modules": []}
                """);
        assertThat(wane("groups", probe.toString(), "--all")).isZero();
        assertThat(out.toString()).contains("a.weight", "group 0, weight_decay 0.1");
        assertThat(err.toString()).contains("in no group, and never trained: b.weight");
    }

    @Test
    void aFileThatIsThereIsNotReplaced() throws Exception {
        Path file = Files.writeString(folder.resolve("wane_probe.py"), "mine");
        assertThat(wane("probe", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("is there; --force replaces it");
        assertThat(file).hasContent("mine");
        assertThat(wane("probe", file.toString(), "--force")).isZero();
        assertThat(Files.readString(file)).startsWith("\"\"\"Writes down what an optimizer really has");
        assertThat(wane("probe", file.toString(), "--force", "--framework", "optax"))
                .isZero();
        assertThat(Files.readString(file)).startsWith("\"\"\"Writes down what an optax optimizer really does");
    }

    private int wane(String... arguments) {
        return Wane.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
