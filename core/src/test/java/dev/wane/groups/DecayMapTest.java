package dev.wane.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecayMapTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transformer.wte.weight | 50257 768 | embedding",
                "transformer.wpe.weight | 1024 768 | position",
                "transformer.h.0.ln_1.weight | 768 | norm",
                "transformer.h.0.attn.c_attn.weight | 768 2304 | matrix",
                "transformer.h.0.attn.c_attn.bias | 2304 | bias",
                "h.0.attn.bias | 1 1 1024 1024 | unknown",
                "model.layers.0.input_layernorm.weight | 4096 | norm",
                "model.layers.0.self_attn.q_norm.weight | 128 | norm",
                "model.layers.0.self_attn.q_proj.weight | 4096 4096 | matrix",
                "model.layers.0.block_sparse_moe.gate.weight | 8 4096 | matrix",
                "model.layers.0.mlp.experts.gate_up_proj | 128 4096 1536 | matrix",
                "model.embed_tokens.weight | 32000 4096 | embedding",
                "lm_head.weight | 32000 4096 | head",
                "encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight | 32 12 | position",
                "shared.weight | 32128 768 | embedding",
                "bert.encoder.layer.0.attention.output.LayerNorm.weight | 768 | norm",
                "cls.predictions.decoder.weight | 30522 768 | head",
                "layer1.0.bn1.weight | 64 | norm",
                "layer1.0.bn1.running_mean | 64 | unknown",
                "layer1.0.conv1.weight | 64 64 3 3 | conv",
                "fc.weight | 1000 2048 | head",
                "blocks.0.norm1.weight | 384 | norm",
                "blocks.0.ls1.gamma | 384 | scalar",
                "stages.0.blocks.0.gamma | 96 | scalar",
                "pos_embed | 1 197 384 | position",
                "cls_token | 1 1 384 | position",
                "patch_embed.proj.weight | 384 3 16 16 | conv",
                "layers.0.blocks.0.attn.relative_position_bias_table | 169 3 | position",
                "logit_scale | | scalar",
                "base_model.model.layers.0.q_proj.lora_A.default.weight | 8 4096 | matrix",
                "backbone.layers.0.mixer.A_log | 1536 16 | scalar",
                "tok_embeddings.weight | 32000 4096 | embedding",
                "output.weight | 32000 4096 | head",
                "layers.0.attention_norm.weight | 4096 | norm",
                "layers.0.blocks.0.attn.relative_position_index | 49 49 | unknown",
                "gpt_neox.layers.0.attention.bias | 1 1 2048 2048 | unknown",
                "model.layers.0.mlp.experts.gate_up_proj_bias | 8 14336 | bias",
                "base_model.model.layers.0.q_proj.lora_B.default.bias | 4096 | bias",
                "base_model.model.layers.0.mlp.ia3_l.default | 1 14336 | scalar",
                "encoder.pos_conv_embed.conv.weight_g | 1 1 128 | norm",
                "params/encoder/layer_0/attention/query/kernel | 8 2 4 | matrix",
                "params/head/kernel | 768 1000 | head",
                "params/cls | 1 1 768 | position",
                "stages.0.blocks.0.attn.attention_biases | 4 196 | position",
                "transformer.value_embeds.0.weight | 50304 768 | embedding",
                "y_embedder.embedding_table.weight | 1001 1152 | embedding",
                "pre_classifier.weight | 768 768 | matrix",
                "head.fc.weight | 1000 768 | head",
                "classifier.out_proj.weight | 2 768 | head",
                "qa_outputs.weight | 2 768 | head",
                "model.transformer.ff_out.weight | 50304 4096 | head",
                "model.transformer.blocks.0.ff_out.weight | 4096 11008 | matrix",
                "time_embedding.linear_1.weight | 1280 320 | matrix",
                "stages.0.blocks.0.mlp.grn.gamma | 1 1 1 384 | norm",
                "visual.transformer.resblocks.0.ls_1.gamma | 768 | scalar",
                "rwkv.blocks.0.att.time_maa_x | 1 1 2048 | scalar"
            })
    void aRoleIsReadFromNameAndShape(String name, String shape, String role) {
        NamedShape parameter = shaped(name, shape == null ? "" : shape);

        assertThat(Roles.of(List.of(parameter)).guess(parameter).role().id()).isEqualTo(role);
    }

    /** VGG with batch normalisation names its gains like its filters. */
    @Test
    void runningStatisticsTellABatchNormalisation() {
        NamedShape gain = shaped("features.1.weight", "64");
        NamedShape mean = shaped("features.1.running_mean", "64");

        assertThat(Roles.of(List.of(gain, mean)).guess(gain))
                .isEqualTo(
                        RoleGuess.sure(ParameterRole.NORM, "a batch normalisation: it has a running mean beside it"));
        assertThat(Roles.of(List.of(gain)).guess(gain).doubtful()).isTrue();
    }

    /** ServiceNow's regression, norm1 and ln_1 under Hugging Face: the trainer's rule misses what its patterns do not name. */
    @Test
    void aTrainersRuleMissesWhatItDoesNotName() {
        List<NamedShape> model = Stream.of(
                        shaped("layers.0.norm1.weight", "64"),
                        shaped("layers.0.ln_1.weight", "64"),
                        shaped("layers.0.attention_norm.weight", "64"),
                        shaped("h.0.ln_1.weight", "64"),
                        shaped("h.0.ln_1.bias", "64"),
                        shaped("layer1.0.bn1.weight", "64"),
                        shaped("layer1.0.bn1.bias", "64"),
                        shaped("layer1.0.bn1.running_mean", "64"))
                .toList();

        assertThat(missed(model, TrainerPolicy.HF_TRAINER))
                .containsExactly("layers.0.norm1.weight", "layers.0.ln_1.weight", "layer1.0.bn1.weight");
        assertThat(missed(model, TrainerPolicy.NANOGPT)).isEmpty();
        assertThat(missed(model, TrainerPolicy.TIMM)).isEmpty();
        assertThat(missed(model, TrainerPolicy.DEFAULT)).isEmpty();
        assertThat(missed(model, TrainerPolicy.DEEPSPEED)).hasSize(7);
    }

    @Test
    void timmLeavesOutWhatTheModelLists() {
        List<NamedShape> model = List.of(shaped("pos_embed", "1 197 384"), shaped("cls_token", "1 1 384"));

        assertThat(missed(model, TrainerPolicy.TIMM)).isEmpty();
        assertThat(missed(model, TrainerPolicy.TORCH_1D)).containsExactly("pos_embed", "cls_token");
    }

    /** Lists differ between models that name their parameters alike. */
    @ParameterizedTest
    @CsvSource({
        "stages.1.blocks.0.attn.rel_pos_h, 27 96, false",
        "blocks.0.attn.rel_pos_h, 27 64, true",
        "stages.0.blocks.0.attn_block.attn.rel_pos.mlp.fc1.weight, 512 2, false",
        "blocks.0.attn.rel_pos.mlp.fc1.weight, 512 2, true",
        "levels.0.pos_embed, 1 16 196, true",
        "pos_embed_window, 1 96 8 8, false",
        "pos_block.0.proj.0.weight, 64 1 3 3, false",
        "patch_pos, 1 197 384, false",
        "cls_token3, 1 1 152, false",
        "stages.0.blocks.0.mlp.fc1.weight, 96 384, true"
    })
    void timmsListsAreThoseOfItsModels(String name, String shape, boolean decayed) {
        NamedShape parameter = shaped(name, shape);

        assertThat(DecayMap.of(List.of(parameter), TrainerPolicy.TIMM)
                        .entries()
                        .getFirst()
                        .decay())
                .isEqualTo(decayed);
    }

    @Test
    void aNameIsNeeded() {
        assertThatThrownBy(() -> shaped(" ", "1")).hasMessageContaining("needs a name");
    }

    private static List<String> missed(List<NamedShape> model, GroupPolicy policy) {
        return DecayMap.of(model, policy).missed().stream()
                .map(entry -> entry.parameter().name())
                .toList();
    }

    private static NamedShape shaped(String name, String shape) {
        return NamedShape.of(
                name,
                Arrays.stream(shape.split(" ", -1))
                        .filter(size -> !size.isBlank())
                        .map(Long::valueOf)
                        .toList());
    }
}
