package dev.wane.formats.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wane.formats.config.ConfigReader;
import dev.wane.formats.config.Sources;
import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a resume would change: checkpoints of torch's param_groups beside each other and beside a trainer's file. */
class ComparisonTest {
    private static final String TRAINER = "output_dir: x\nper_device_train_batch_size: 8\nlearning_rate: 6e-4\n"
            + "adam_beta2: 0.95\nmax_steps: 100\nweight_decay: ";

    @Test
    void aTrainersOwnCheckpointDiffersInNothing() {
        assertThat(Comparison.of(adam(0.1, 0.0), trainer("0.1"))).isEmpty();
        assertThat(Comparison.of(adam(0.0, 0.0), trainer("0.0"))).isEmpty();
        assertThat(Comparison.of(adam(0.1, 0.0), adam(0.1, 0.0))).isEmpty();
    }

    @Test
    void aDecayThatOnlyOneSideHasIsADifference() {
        assertThat(quantities(adam(0.0, 0.0), trainer("0.1"))).containsExactly("weightDecay");
        assertThat(quantities(trainer("0.1"), adam(0.0, 0.0))).containsExactly("weightDecay");
        assertThat(quantities(adam(0.1, 0.0), trainer("0.0"))).containsExactly("weightDecay");
        assertThat(quantities(adam(0.0, 0.0), adam(0.1, 0.0))).containsExactly("weightDecay");
    }

    @Test
    void groupsThatChangedPlacesAreADifferenceTwice() {
        assertThat(quantities(adam(0.1, 0.0), adam(0.0, 0.1))).containsExactly("weightDecay", "weightDecay");
    }

    @Test
    void everythingDecayedIsNotWhatTheTrainerDoes() {
        assertThat(quantities(adam(0.1, 0.1), trainer("0.1"))).containsExactly("decayed");
        assertThat(quantities(adam(0.1), trainer("0.1"))).containsExactly("decayed");
    }

    @Test
    void nanoGptLeavesOutWhatHasOneDimension() {
        String file =
                "wandb_log = True\nbatch_size = 12\nblock_size = 1024\nmax_iters = 600000\nlearning_rate = 6e-4\nweight_decay = 0.1\n";
        Node.Mapping tree = (Node.Mapping) TreeReader.parse("train.py", file);
        RunSettings nanoGpt =
                RunSettings.of("train.py", ConfigReader.read(new Sources(tree, List.of(), 1L, null), null));

        assertThat(quantities(adam(0.1), nanoGpt)).containsExactly("decayed");
        assertThat(Comparison.of(adam(0.1, 0.0), nanoGpt)).isEmpty();
    }

    /** timm's SGDW has the keys of torch's SGD, and decays apart from the gradient. */
    @Test
    void timmsSgdIsNotCalledCoupled() {
        Map<String, Object> keys = Map.of("momentum", 0.9, "dampening", 0.0, "weight_decay", 0.1);
        Map<String, Object> timms = new LinkedHashMap<>(keys);
        timms.put("caution", false);

        assertThat(OptimizerState.settings(keys)).containsEntry("convention", "coupled");
        assertThat(OptimizerState.settings(timms)).doesNotContainKey("convention");
    }

    @Test
    void whatNeedsTheDataIsComparedAsItIsWritten() {
        RunSettings cosine = epochs("num_train_epochs: 1\nlr_scheduler_type: cosine\nwarmup_ratio: 0.03\n");
        RunSettings linear = epochs("num_train_epochs: 3\nlr_scheduler_type: linear\nwarmup_ratio: 0.2\n");
        RunSettings constant = epochs("num_train_epochs: 1\nlr_scheduler_type: constant\n");

        assertThat(quantities(cosine, linear)).containsExactlyInAnyOrder("epochs", "schedule", "warmupRatio");
        assertThat(quantities(cosine, constant)).containsExactlyInAnyOrder("schedule", "warmupRatio");
        assertThat(quantities(cosine, cosine)).isEmpty();
        assertThat(cosine.written().open()).contains("the schedule 'cosine'");
        assertThat(constant.written().open()).isNull();
    }

    private static RunSettings epochs(String schedule) {
        String file = "output_dir: x\nper_device_train_batch_size: 8\nlearning_rate: 1e-5\n" + schedule;
        Node.Mapping tree = (Node.Mapping) TreeReader.parse("hf.yaml", file);
        return RunSettings.of("hf.yaml", ConfigReader.read(new Sources(tree, List.of(), 1L, null), null));
    }

    @Test
    void anotherNumberOfGroupsIsRefusedByTorch() {
        assertThat(Comparison.of(adam(0.1, 0.0), adam(0.1)))
                .singleElement()
                .satisfies(difference -> assertThat(difference.effect()).contains("load_state_dict refuses"));
    }

    @Test
    void anotherKindOfOptimizerIsNamed() {
        RunSettings sgd =
                RunSettings.checkpoint("sgd.pt", Map.of("group 0", Map.of("momentum", 0.9, "weightDecay", 0.1)));

        assertThat(quantities(sgd, adam(0.1))).containsExactly("optimizer");
        assertThat(quantities(sgd, trainer("0.1"))).containsExactly("optimizer");
    }

    /** torch's groups say whether their λ is decoupled; a group without decay has no meaning of it. */
    @Test
    void anotherMeaningOfWeightDecayIsNamed() {
        Map<String, Object> group = OptimizerState.settings(Map.of(
                "lr",
                5e-5,
                "betas",
                List.of(0.9, 0.999),
                "eps",
                1e-8,
                "weight_decay",
                0.1,
                "decoupled_weight_decay",
                false));
        assertThat(quantities(RunSettings.checkpoint("a.pt", Map.of("group 0", group)), trainer("0.1")))
                .contains("convention");
        group.put("weightDecay", 0.0);
        assertThat(quantities(RunSettings.checkpoint("a.pt", Map.of("group 0", group)), trainer("0.0")))
                .doesNotContain("convention");
    }

    @Test
    void oneMomentIsNotTwo() {
        assertThat(quantities(adam(0.1), trainer("0.1\noptim: lion_32bit"))).containsExactly("optimizer");
    }

    /** nanoGPT sets lr itself: in the middle of a run it is not the peak. */
    @Test
    void aRateWithoutItsPeakIsComparedWhereTheOtherNeverMoves() {
        RunSettings moved = RunSettings.checkpoint(
                "ckpt.pt",
                Map.of("group 0", Map.of("betas", List.of(0.9, 0.95), "eps", 1e-8, "learningRateNow", 3e-4)));

        assertThat(quantities(moved, trainer("0.1"))).isEmpty();
        assertThat(quantities(moved, trainer("0.1\nlr_scheduler_type: constant")))
                .containsExactly("learningRate");
    }

    private static List<String> quantities(RunSettings a, RunSettings b) {
        return Comparison.of(a, b).stream().map(Difference::quantity).toList();
    }

    private static RunSettings trainer(String decay) {
        Node.Mapping file = (Node.Mapping) TreeReader.parse("hf.yaml", TRAINER + decay + "\n");
        return RunSettings.of("hf.yaml", ConfigReader.read(new Sources(file, List.of(), 1L, null), null));
    }

    private static RunSettings adam(double... decays) {
        Map<String, Map<String, Object>> groups = new LinkedHashMap<>();
        for (int i = 0; i < decays.length; i++) {
            groups.put(
                    "group " + i,
                    Map.of("learningRate", 6e-4, "betas", List.of(0.9, 0.95), "eps", 1e-8, "weightDecay", decays[i]));
        }
        return RunSettings.checkpoint("adam.pt", groups);
    }
}
