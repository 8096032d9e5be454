package dev.wane.formats.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wane.formats.config.RunFacts;
import dev.wane.formats.diff.Comparison;
import dev.wane.formats.diff.Difference;
import dev.wane.formats.diff.Settings;
import dev.wane.formats.model.ModelReader;
import dev.wane.formats.problem.InputException;
import dev.wane.groups.DecayMap;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that the probe wrote under torch 2.13: AdamW, matrices decayed by 0.1, vectors not. */
class ProbeReaderTest {
    @TempDir
    Path folder;

    @Test
    void theFirstLineIsWhatTheOptimizerHas() throws Exception {
        Probe probe = ProbeReader.read(probe());

        assertThat(probe.type()).isEqualTo("AdamW");
        assertThat(probe.row()).hasValueSatisfying(row -> assertThat(row.id()).isEqualTo("adamw"));
        assertThat(probe.groups()).hasSize(2);
        assertThat(probe.parameters())
                .extracting(
                        each -> each.parameter().name() + " " + each.parameter().shapeText() + " " + probe.decays(each))
                .contains("emb.weight [100, 32] true", "norm.weight [64] false")
                .hasSize(7);
        assertThat(probe.leftOut()).isEmpty();
        assertThat(probe.modules()).contains(new ProbedModule("norm", "LayerNorm"));
    }

    @Test
    void groupsAreThoseThatItHas() throws Exception {
        DecayMap map = DecayMap.of(ModelReader.read(probe()), AsTrained.of(ProbeReader.read(probe())));

        assertThat(map.policy()).isEqualTo("as trained by torch.optim.adamw.AdamW");
        assertThat(map.entries())
                .filteredOn(DecayMap.Entry::decay)
                .extracting(entry -> entry.parameter().name() + ": " + entry.rule())
                .containsExactly(
                        "emb.weight: group 0, weight_decay 0.1",
                        "fc1.weight: group 0, weight_decay 0.1",
                        "fc2.weight: group 0, weight_decay 0.1");
    }

    @Test
    void aConfigurationIsComparedWithWhatRuns() throws Exception {
        assertThat(differences("optimizer: adamw\nlearningRate: 1e-2\nweightDecay: 0.1\n"))
                .isEmpty();
        assertThat(differences("optimizer: adam\nlearningRate: 1e-3\nweightDecay: 0.05\n"))
                .filteredOn(difference -> difference.group().equals("group 0"))
                .extracting(Difference::quantity)
                .containsExactlyInAnyOrder("learningRate", "weightDecay", "convention");
    }

    /** Written under optax 0.2.8: a penalty of 0.01 on matrices, before Adam. */
    @Test
    void whatWasMeasuredOfAChainIsComparedToo() throws Exception {
        Path optax = resource("probe_optax.jsonl");
        assertThat(ProbeReader.read(optax).row())
                .hasValueSatisfying(row -> assertThat(row.framework()).isEqualTo("optax"));
        assertThat(differences("{framework: optax, optimizer: adam, learningRate: 1e-3, weightDecay: 0.01}", optax))
                .isEmpty();
        assertThat(differences("{framework: optax, optimizer: adamw, learningRate: 1e-3, weightDecay: 0.01}", optax))
                .extracting(Difference::quantity)
                .containsOnly("convention");
    }

    @Test
    void aDecayThatNobodyCouldTellIsNotNone() throws Exception {
        String text = Files.readString(resource("probe_optax.jsonl"))
                .replace(
                        "\"weight_decay\": 0.01, \"decay\": \"coupled\"",
                        "\"weight_decay\": null, \"decay\": \"unknown\"");
        Path unknown = Files.writeString(folder.resolve("unknown.jsonl"), text);

        DecayMap map = DecayMap.of(ModelReader.read(unknown), AsTrained.of(ProbeReader.read(unknown)));

        assertThat(map.entries())
                .filteredOn(DecayMap.Entry::decay)
                .extracting(DecayMap.Entry::rule)
                .containsExactly(
                        "group 0, weight_decay not known to the probe", "group 0, weight_decay not known to the probe");
    }

    /** A configuration from the hub over new weights: its gains are all 1. */
    @Test
    void aNetThatNobodyTrainedIsNotPretrained() throws Exception {
        String loaded = Files.readString(probe()).replace("\"left_out\"", "\"loaded_from\": \"gpt2\", \"left_out\"");
        Path named = Files.writeString(folder.resolve("named.jsonl"), loaded);
        Path fresh = Files.writeString(
                folder.resolve("fresh.jsonl"), loaded.replace("\"left_out\"", "\"fresh\": true, \"left_out\""));
        assertThat(ProbedModel.of(ProbeReader.read(named)).start()).isPresent();
        assertThat(ProbedModel.of(ProbeReader.read(fresh)).start()).isEmpty();
    }

    @Test
    void aFileThatIsCutOffOrNewerIsNamed() throws Exception {
        Path cut = Files.writeString(folder.resolve("cut.jsonl"), "{\"wane_probe\": 1, \"groups\": [{\"sett");
        assertThat(ProbeReader.is(cut)).isTrue();
        assertThatThrownBy(() -> ProbeReader.read(cut))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cut.jsonl:1:1: is no whole probe");
        Path newer = Files.writeString(folder.resolve("new.jsonl"), "{\"wane_probe\": 9}\n");
        assertThatThrownBy(() -> ProbeReader.read(newer))
                .hasMessageContaining("is of version 9 of the probe, known is 1");
        assertThat(ProbeReader.is(Files.write(folder.resolve("x.bin"), new byte[] {-1, -2, -3})))
                .isFalse();
    }

    private List<Difference> differences(String config) throws Exception {
        return differences(config, probe());
    }

    private List<Difference> differences(String config, Path probe) throws Exception {
        Path file = Files.writeString(folder.resolve("c.yaml"), config);
        RunFacts facts = RunFacts.NONE;
        return Comparison.of(Settings.read(file, facts), Settings.read(probe, facts));
    }

    private static Path probe() throws URISyntaxException {
        return resource("probe.jsonl");
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ProbeReaderTest.class.getResource(name), name)
                .toURI());
    }
}
