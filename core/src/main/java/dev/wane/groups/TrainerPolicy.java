package dev.wane.groups;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules of trainers, as their code groups parameters. */
public enum TrainerPolicy implements GroupPolicy {
    /** Wane's own: matrices, filters, embeddings and heads; nothing else. */
    DEFAULT("default") {
        @Override
        public Decision decide(NamedShape parameter, RoleGuess role, Siblings siblings) {
            boolean decay = DECAYED.contains(role.role());
            return new Decision(
                    decay,
                    decay
                            ? "a " + role.role().id() + " is decayed"
                            : "a " + role.role().id() + " is not decayed");
        }
    },
    /** The usual recipe for torch: two dimensions or more. */
    TORCH_1D("torch-1d") {
        @Override
        public Decision decide(NamedShape parameter, RoleGuess role, Siblings siblings) {
            return byDimensions(parameter, role);
        }
    },
    /** nanoGPT: two dimensions or more. */
    NANOGPT("nanogpt") {
        @Override
        public Decision decide(NamedShape parameter, RoleGuess role, Siblings siblings) {
            return byDimensions(parameter, role);
        }
    },
    /**
     * Hugging Face's trainer: nn.LayerNorm modules and names with bias, layernorm, rmsnorm, or norm as a word are left out.
     * What kind of module a vector belongs to is not in a checkpoint: weight and bias side by side, without running
     * statistics, are taken for a LayerNorm's.
     */
    HF_TRAINER("hf-trainer") {
        @Override
        public Decision decide(NamedShape parameter, RoleGuess role, Siblings siblings) {
            String name = parameter.name().toLowerCase(Locale.ROOT);
            if (HF_NAMES.matcher(name).find()) {
                return new Decision(false, "its name matches bias, layernorm, rmsnorm or norm");
            }
            boolean layerNorm = parameter.dimensions() == 1
                    && (siblings.has(parameter, "bias") || isMpt(name, siblings))
                    && !siblings.has(parameter, "running_mean");
            return layerNorm
                    ? new Decision(false, "taken for a module of type LayerNorm; one of GroupNorm would be decayed")
                    : new Decision(true, "no pattern matches its name");
        }
    },
    /** timm: one dimension or fewer, names that end in .bias, and what the model lists in no_weight_decay(). */
    TIMM("timm") {
        @Override
        public Decision decide(NamedShape parameter, RoleGuess role, Siblings siblings) {
            if (parameter.name().endsWith(".bias")) {
                return new Decision(false, "its name ends in .bias");
            }
            return TIMM_NAMES.matcher(parameter.name()).find()
                    ? new Decision(false, "the model's no_weight_decay()")
                    : byDimensions(parameter, role);
        }
    },
    /** DeepSpeed decays every parameter that it is given. */
    DEEPSPEED("deepspeed") {
        @Override
        public Decision decide(NamedShape parameter, RoleGuess role, Siblings siblings) {
            return new Decision(true, "everything is decayed");
        }
    },
    /** An optimizer over model.parameters(). */
    NONE("none") {
        @Override
        public Decision decide(NamedShape parameter, RoleGuess role, Siblings siblings) {
            return new Decision(true, "everything is decayed");
        }
    };

    private static final Set<ParameterRole> DECAYED =
            Set.of(ParameterRole.MATRIX, ParameterRole.CONV, ParameterRole.EMBEDDING, ParameterRole.HEAD);
    private static final Pattern HF_NAMES =
            Pattern.compile("bias|layernorm|rmsnorm|(?:^|\\.)norm(?:$|\\.)|_norm(?:$|\\.)");
    private static final Pattern MPT_NORM = Pattern.compile("(^|\\.)norm_[12f]\\.weight$");
    private static final Pattern TIMM_NAMES = Pattern.compile(
            "^(?!levels\\.\\d+\\.)(.*\\.)?(pos_embed(_\\d+|_window)?|cls_token(_?\\d+)?|dist_token|reg_token"
                    + "|relative_position_bias_table|attention_biases)$"
                    + "|^(patch_pos|pixel_pos|pos_block\\..*)$"
                    + "|^stages\\..*\\.(rel_pos_[hwt]|rel_pos\\.mlp\\..*)$");
    private static final Set<ParameterRole> VECTORS =
            Set.of(ParameterRole.NORM, ParameterRole.BIAS, ParameterRole.SCALAR);

    /** MPT's norms are LayerNorms without a bias. */
    private static boolean isMpt(String name, Siblings siblings) {
        return MPT_NORM.matcher(name).find()
                && siblings.names().stream().anyMatch(each -> each.endsWith(".attn.Wqkv.weight"));
    }

    private final String id;

    TrainerPolicy(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    /**
     * A policy by name.
     *
     * @param id as on the command line
     * @return empty if there is none
     */
    public static Optional<TrainerPolicy> of(String id) {
        return Stream.of(values()).filter(policy -> policy.id.equals(id)).findFirst();
    }

    /** A name that says norm, bias or scale has one dimension where the shape is not known. */
    private static Decision byDimensions(NamedShape parameter, RoleGuess role) {
        if (!parameter.shapeKnown()) {
            boolean vector = VECTORS.contains(role.role());
            return new Decision(
                    !vector,
                    "its shape is not known, by its name it has " + (vector ? "one dimension" : "two dimensions"));
        }
        return new Decision(
                parameter.dimensions() >= 2,
                parameter.dimensions() + " dimension" + (parameter.dimensions() == 1 ? "" : "s"));
    }
}
