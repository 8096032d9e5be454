package dev.wane.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of real architectures whose shape or words mislead. */
class RolesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "query_embed.weight | 100 256 | position",
                "transformer.level_embed | 4 256 | position",
                "model.perceiver_resampler.latents | 64 1280 | position",
                "transformer_blocks.0.scale_shift_table | 6 1152 | bias",
                "blocks.0.modulation | 1 6 1536 | bias",
                "blocks.3.att.time_decay | 32 64 | scalar",
                "blocks.3.att.time_maa_w1 | 64 160 | matrix",
                "blocks.3.att.r_k | 12 64 | scalar",
                "encoder.layers.0.self_attn.pos_bias_u | 4 64 | bias",
                "prompt_encoder.no_mask_embed.weight | 1 256 | position",
                "prompt_encoder.pe_layer.positional_encoding_gaussian_matrix | 2 128 | unknown",
                "rope.freqs_cos | 256 64 | unknown",
                "batch_normalization/moving_mean:0 | 64 | unknown",
                "batch_normalization/beta:0 | 64 | bias",
                "dense/bias:0 | 64 | bias",
                "predictions/kernel:0 | 2048 1000 | head",
                "class_embedding.weight | 1000 1280 | embedding",
                "vision_model.embeddings.class_embedding | 768 | position",
                "vision_model.gated_positional_embedding.gate | 1 | scalar",
                "label_emb.0.0.weight | 1280 2816 | matrix",
                "time_embedding.0.weight | 1536 256 | matrix",
                "decoder.weight | 50368 768 | head",
                "head.linear.weight | 1000 384 | head",
                "model.layers.3.mlp.down_proj.weight_scale_inv | 56 144 | unknown",
                "lstm.bias_hh_l0_reverse | 256 | bias",
                "layers.0.mamba.D | 8192 | scalar",
                "stages.0.0.gamma | 96 | scalar"
            })
    void aRoleIsKnown(String name, String shape, String role) {
        NamedShape parameter = NamedShape.of(
                name, Arrays.stream(shape.split(" ")).map(Long::valueOf).toList());
        RoleGuess guess = Roles.of(List.of(parameter)).guess(parameter);

        assertThat(guess.role().id()).isEqualTo(role);
        assertThat(guess.doubtful()).isFalse();
    }

    @Test
    void aLayerCalledFcIsTheHeadUnlessAnotherIs() {
        NamedShape fc = NamedShape.of("fc.weight", List.of(64L, 32L));
        NamedShape head = NamedShape.of("head.weight", List.of(10L, 64L));
        assertThat(Roles.of(List.of(fc)).guess(fc).role()).isEqualTo(ParameterRole.HEAD);
        assertThat(Roles.of(List.of(fc, head)).guess(fc).role()).isEqualTo(ParameterRole.MATRIX);
    }
}
