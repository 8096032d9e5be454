package dev.wane.formats.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.wane.explain.Explanation;
import dev.wane.explain.Verdict;
import dev.wane.plan.Planner;
import dev.wane.recipe.LearningRateRule;
import dev.wane.recipe.Target;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PresetsTest {
    /** Fine-tuning recipes whose decay is as good as off on purpose. */
    private static final Set<String> DELIBERATELY_OFF = Set.of(
            "convnext-finetune-384",
            "deit-finetune-384",
            "bert-finetune",
            "deit3-finetune",
            "mae-linear-probe",
            "paligemma-finetune");
    /** Inside a trust ratio or an adaptive update there is no decay per step. */
    private static final Set<String> UNKNOWN = Set.of("deit3-imagenet", "efficientnet-imagenet");

    static List<Preset> presets() {
        return Presets.all();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void decayOfAGoodRecipeIsActiveOrWeak(Preset preset) {
        Verdict verdict = Explanation.of(preset.recipe()).groups().getFirst().verdict();

        if (DELIBERATELY_OFF.contains(preset.id())) {
            assertThat(verdict).isIn(Verdict.INERT, Verdict.OFF);
            assertThat(preset.transferBy()).isEqualTo("deliberately off");
        } else if (UNKNOWN.contains(preset.id())) {
            assertThat(verdict).isEqualTo(Verdict.UNKNOWN);
        } else {
            assertThat(verdict).isIn(Verdict.ACTIVE, Verdict.WEAK);
        }
    }

    /** Known answer T16: BiT's 1e-4/256 per sample, at batch 4096. */
    @Test
    void bitFollowsItsBatch() {
        double lambda = Planner.plan(
                        Presets.get("bit-imagenet21k").recipe(),
                        Target.change()
                                .batchSize(4096.0)
                                .learningRateRule(LearningRateRule.CONSTANT)
                                .build())
                .recommended()
                .orElseThrow()
                .weightDecay();

        assertThat(lambda).isCloseTo(1.6e-3, withinPercentage(1e-10));
    }

    @Test
    void anUnknownNameLeadsToTheNearest() {
        assertThatThrownBy(() -> Presets.get("resnet-imagenet"))
                .hasMessageContaining("unknown preset 'resnet-imagenet'; did you mean 'resnet50-imagenet'?");
    }
}
