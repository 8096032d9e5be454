package dev.wane.groups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wane.recipe.Start;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeenStartTest {
    private static final NamedShape A =
            NamedShape.of("base_model.model.model.layers.0.self_attn.q_proj.lora_A.default.weight", List.of(8L, 64L));
    private static final NamedShape B =
            NamedShape.of("base_model.model.model.layers.0.self_attn.q_proj.lora_B.default.weight", List.of(64L, 8L));
    private static final NamedShape HEAD = NamedShape.of("score.weight", List.of(2L, 64L));

    /** As kohya's scripts name them. */
    @Test
    void pairsOfDownAndUpAreAnAdapterToo() {
        NamedShape down = NamedShape.of("lora_unet_mid.lora_down.weight", List.of(8L, 64L));
        NamedShape up = NamedShape.of("lora_unet_mid.lora_up.weight", List.of(64L, 8L));
        assertThat(SeenStart.ofNames(List.of(down, up)).orElseThrow().start()).isEqualTo(Start.ADAPTER);
        assertThat(SeenStart.ofNames(List.of(down, HEAD))).isEmpty();
    }

    @Test
    void pairsOfAAndBAreAnAdapter() {
        SeenStart seen = SeenStart.ofNames(List.of(A, B, HEAD)).orElseThrow();

        assertThat(seen.start()).isEqualTo(Start.ADAPTER);
        assertThat(seen.evidence()).isEqualTo("1 pairs of A and B hold 88.9 % of the trained numbers");
        assertThat(seen.text()).contains("with them the network back to its start");
    }

    @Test
    void oneFactorAloneOrAFewAmongManyAreNone() {
        NamedShape large = NamedShape.of("model.layers.0.mlp.up_proj.weight", List.of(64L, 256L));

        assertThat(SeenStart.ofNames(List.of(A, HEAD))).isEmpty();
        assertThat(SeenStart.ofNames(List.of(A, B, large))).isEmpty();
        assertThat(SeenStart.ofNames(List.of(large))).isEmpty();
        assertThat(SeenStart.ofNames(List.of())).isEmpty();
    }

    @Test
    void theLawsWereNotMeasuredOnAdapters() {
        KnownModel model = KnownModel.of(DecayMap.of(List.of(A, B), TrainerPolicy.DEFAULT));

        assertThat(model.sentences()).first().isEqualTo("the laws are not-expected: no law was measured on adapters");
        assertThat(model.sentences()).hasSize(2);
    }
}
