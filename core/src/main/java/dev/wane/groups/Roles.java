package dev.wane.groups;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Roles by name <em>and</em> shape: a name alone misses {@code features.1.weight}, which is a batch normalisation's gain, and
 * a shape alone takes a table of relative positions for a matrix.
 */
public final class Roles {
    private static final Pattern BUFFER = Pattern.compile(
            ".*(running_mean|running_var|num_batches_tracked|inv_freq|masked_bias|position_ids|relative_position_index|relative_coords_table|attn_mask|rotary_emb\\..*|token_type_ids|freqs_cis|causal_mask|rope\\.freqs|freqs_(cos|sin)|positional_encoding_gaussian_matrix|moving_(mean|variance)|weight_scale(_inv)?)$");
    private static final Pattern POSITION = Pattern.compile(
            "(?!.*(relative_pos_embeddings|rel_pos_linear)).*(relative_attention_bias|relative_position_bias_table|rel_pos"
                    + "|position_embed|positional_embed|pos_embed|position_emb|embed_positions|\\bwpe\\b|cls_token|class_embedding"
                    + "|mask_token|dist_token|register_tokens|reg_token|attention_biases|(^|[./])cls$|class_token|query_tokens|\\bquery_(embed|feat)\\b|\\blevel_embeds?\\b|(^|\\.)latents$|not_a_point_embed|no_mask_embed|no_mem_embed"
                    + "|iou_token|mask_tokens|point_embeddings).*");
    private static final Pattern CLASSES = Pattern.compile(".*class_embedding\\.weight$");
    private static final Pattern LAYER_SCALE = Pattern.compile(
            ".*(layer_?scale|\\bls_?[12]\\b|(blocks?|stages\\.\\d+)\\.\\d+\\.gamma$|lambda_?1|lambda_?2|\\bgamma_?[12]\\b).*");
    private static final Pattern SCALE = Pattern.compile(
            ".*(logit_scale|logit_bias|temperature|\\btau\\b|a_log|\\bdt_bias|(mixer|mamba|ssm)\\.d|skip_scale|resid_scale|ia3_l|ia3_l\\.\\w+|implicit)$");
    /** RWKV's, per channel, however they are laid out. */
    private static final Pattern CHANNELS =
            Pattern.compile(".*\\.(time_(decay|faaaa|first|mix_\\w+|maa_[a-z])|r_k|k_k|k_a|[wav]0|x_[rwkvag])$");

    private static final Pattern SHIFTS =
            Pattern.compile(".*(scale_shift_table|pos_bias_[uv]|r_[wr]_bias|\\bmodulation)$");
    /** Linear maps in sequence, of a time or a text. */
    private static final Pattern MAPPED = Pattern.compile(
            ".*(time|timestep|text|label|caption|vector|guidance|context)_(emb|embed|embedding|embedder)(\\.mlp)?(\\.\\d+)+\\.weight");

    private static final Pattern EMBEDDING = Pattern.compile(
            ".*(\\bwte\\b|embed_tokens|word_embed|tok_embed|token_embed"
                    + "|token_type_embed|embed_in\\b|\\bshared\\b|embeddings?\\b|embedding_table|value_embeds?\\b|\\bembed\\b|emb\\b|entity_embed).*");
    private static final Pattern HEAD = Pattern.compile(
            ".*(lm_head|embed_out|output_layer|predictions\\.decoder|\\bscore\\b"
                    + "|(?<!pre_)classifier(\\.\\d+)?(\\.out_proj)?\\.weight|qa_outputs|^proj_out\\.weight|(^|\\.)transformer\\.ff_out\\.weight|^output\\.weight|^model\\.output\\.weight|^head\\.weight|^head\\.fc\\.weight|(^|/)head/kernel|heads?\\.head\\.weight"
                    + "|^fc\\.weight|^decoder\\.weight|^head\\.linear\\.weight|(^|/)predictions/kernel|^module\\.fc\\.weight|^model\\.fc\\.weight|unembed).*");
    /** The map to logits where no other is called one. */
    private static final Pattern FC = Pattern.compile("(module\\.|model\\.)?fc\\.weight");

    private static final Pattern NAMED_HEAD =
            Pattern.compile("(module\\.|model\\.)?(head|lm_head|classifier)\\.weight");
    private static final Pattern NORM = Pattern.compile(
            ".*(norm|\\bln\\d*\\b|\\bln_|_ln\\b|\\bbn\\d*\\b|\\bbn_|_bn\\b|batchnorm|rms|\\bg_norm|\\bg\\b$).*");
    private static final Pattern RECURRENT = Pattern.compile(".*bias_[ih]h(_l\\d+)?(_reverse)?$");
    private static final Pattern LORA = Pattern.compile(".*lora_(embedding_)?([ab]|down|up).*");
    private static final Pattern GAIN = Pattern.compile(".*(weight_g|parametrizations\\.weight\\.original0)$");
    private static final Pattern INSIDE = Pattern.compile(".*(proj|dense|linear|mlp|\\bfc\\d?\\b).*");
    private static final Pattern FLAX_HEADS = Pattern.compile(".*/(query|key|value|out)/kernel$");
    private static final Pattern ROUTER = Pattern.compile(".*(router|moe\\.gate|mlp\\.gate\\.weight|\\bgate\\.wg).*");
    private static final Pattern EXPERTS = Pattern.compile(".*experts.*(proj|w[123]|weight|gate_up|down).*");

    private static final Pattern NUMBER = Pattern.compile("(?<=[./]|^)\\d+(?=[./])");

    private final Set<String> names;
    private final Map<Likeness, RoleGuess> known = new ConcurrentHashMap<>();

    private Roles(Set<String> names) {
        this.names = names;
    }

    /** Parameters of one role: those of a model's layers differ by a number in the name and by the sizes. */
    private record Likeness(String name, int dimensions, long longSides, boolean normalised) {}

    /**
     * Looks at a whole model, since the neighbours of a parameter tell what it belongs to.
     *
     * @param parameters of one model
     * @return the roles
     */
    public static Roles of(List<NamedShape> parameters) {
        Set<String> names = new HashSet<>();
        parameters.forEach(parameter -> names.add(parameter.name()));
        return new Roles(names);
    }

    /**
     * The role of one of the model's parameters.
     *
     * @param parameter one of those given before
     * @return its role with the reason
     */
    public RoleGuess guess(NamedShape parameter) {
        Likeness likeness = new Likeness(
                NUMBER.matcher(parameter.name()).replaceAll("0"),
                parameter.dimensions(),
                longSides(parameter),
                hasSibling(parameter, "running_mean"));
        return known.computeIfAbsent(likeness, first -> besideAHead(parameter, look(parameter)));
    }

    /** {@code fc} is the map to logits where nothing else is called so. */
    private RoleGuess besideAHead(NamedShape parameter, RoleGuess guess) {
        boolean another = guess.role() == ParameterRole.HEAD
                && FC.matcher(parameter.name()).matches()
                && names.stream().anyMatch(name -> NAMED_HEAD.matcher(name).matches());
        return another ? RoleGuess.sure(ParameterRole.MATRIX, "two dimensions") : guess;
    }

    private static long longSides(NamedShape parameter) {
        return parameter.shape().stream().filter(size -> size > 1).count();
    }

    private RoleGuess look(NamedShape parameter) {
        String name = parameter.name().toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "");
        if (BUFFER.matcher(name).matches()) {
            return RoleGuess.sure(ParameterRole.UNKNOWN, "a buffer, not trained");
        }
        boolean masked = name.endsWith("attn.bias") || name.endsWith("attention.bias");
        if (masked && parameter.dimensions() == 4) {
            return RoleGuess.sure(ParameterRole.UNKNOWN, "a causal mask, a buffer");
        }
        if (SHIFTS.matcher(name).matches()) {
            return RoleGuess.sure(ParameterRole.BIAS, "learned shifts, by name");
        }
        if (CHANNELS.matcher(name).matches()) {
            return RoleGuess.sure(ParameterRole.SCALAR, "one number a channel, by name");
        }
        if (name.endsWith(".gate") && parameter.shapeKnown() && longSides(parameter) == 0) {
            return RoleGuess.sure(ParameterRole.SCALAR, "a gate of one number");
        }
        if (CLASSES.matcher(name).matches() && parameter.dimensions() == 2) {
            return RoleGuess.sure(ParameterRole.EMBEDDING, "a table of classes");
        }
        if (POSITION.matcher(name).matches() && !name.endsWith(".bias")) {
            return RoleGuess.sure(ParameterRole.POSITION, "a table of positions or tokens, by name");
        }
        if (LORA.matcher(name).matches()) {
            return name.endsWith(".bias")
                    ? RoleGuess.sure(ParameterRole.BIAS, "a bias beside a LoRA pair")
                    : RoleGuess.sure(ParameterRole.MATRIX, "one of a LoRA pair");
        }
        if (GAIN.matcher(name).matches()) {
            return RoleGuess.sure(ParameterRole.NORM, "the gain of a weight normalisation");
        }
        if (SCALE.matcher(name).matches() || parameter.dimensions() == 0) {
            return RoleGuess.sure(ParameterRole.SCALAR, "a scale, by name or because it is one number");
        }
        return parameter.shapeKnown() ? byShape(parameter, name) : byName(name);
    }

    private RoleGuess byShape(NamedShape parameter, String name) {
        boolean written = parameter.dimensions() >= 3 && longSides(parameter) <= 1;
        return parameter.dimensions() == 1 || written ? vector(parameter, name) : table(parameter, name);
    }

    private RoleGuess vector(NamedShape parameter, String name) {
        if (LAYER_SCALE.matcher(name).matches()) {
            return RoleGuess.sure(ParameterRole.SCALAR, "a layer scale, by name");
        }
        if (isBias(name)) {
            return RoleGuess.sure(ParameterRole.BIAS, "a bias, by name");
        }
        if (NORM.matcher(name).matches()) {
            return RoleGuess.sure(ParameterRole.NORM, "one-dimensional and named as a norm");
        }
        if (hasSibling(parameter, "running_mean")) {
            return RoleGuess.sure(ParameterRole.NORM, "a batch normalisation: it has a running mean beside it");
        }
        return name.endsWith("weight") || name.endsWith("scale") || name.endsWith("gain") || name.endsWith("gamma")
                ? RoleGuess.doubtful(ParameterRole.NORM, "a one-dimensional weight: a norm's gain by its shape")
                : RoleGuess.doubtful(ParameterRole.UNKNOWN, "one-dimensional with a name that says nothing");
    }

    private static boolean isBias(String name) {
        return name.endsWith("bias")
                || name.endsWith(".b")
                || name.endsWith("beta")
                || name.endsWith("_b")
                || RECURRENT.matcher(name).matches();
    }

    private boolean hasSibling(NamedShape parameter, String sibling) {
        int dot = parameter.name().lastIndexOf('.');
        return dot > 0 && names.contains(parameter.name().substring(0, dot + 1) + sibling);
    }

    private static RoleGuess table(NamedShape parameter, String name) {
        if (EXPERTS.matcher(name).matches()) {
            if (isBias(name) || name.endsWith("_bias")) {
                return RoleGuess.sure(ParameterRole.BIAS, "biases of experts");
            }
            return RoleGuess.sure(ParameterRole.MATRIX, "matrices of experts");
        }
        if (FLAX_HEADS.matcher(name).matches()) {
            return RoleGuess.sure(ParameterRole.MATRIX, "a linear map, its heads apart");
        }
        if (parameter.dimensions() >= 3) {
            return name.contains("conv") || name.contains("patch") || name.endsWith("weight") || name.endsWith("kernel")
                    ? RoleGuess.sure(ParameterRole.CONV, "three dimensions or more")
                    : RoleGuess.doubtful(ParameterRole.CONV, "three dimensions or more, not named as a filter");
        }
        if (isBias(name)) {
            return RoleGuess.doubtful(ParameterRole.BIAS, "named as a bias, with two dimensions");
        }
        return ROUTER.matcher(name).matches()
                ? RoleGuess.sure(ParameterRole.MATRIX, "a router of experts")
                : matrix(name);
    }

    private static RoleGuess matrix(String name) {
        if (HEAD.matcher(name).matches()) {
            return RoleGuess.sure(ParameterRole.HEAD, "the map to logits, by name");
        }
        if (MAPPED.matcher(name).matches()) {
            return RoleGuess.sure(ParameterRole.MATRIX, "a linear map, by its place in a sequence");
        }
        if (EMBEDDING.matcher(name).matches() && !INSIDE.matcher(name).matches()) {
            return RoleGuess.sure(ParameterRole.EMBEDDING, "an embedding, by name");
        }
        return NORM.matcher(name).matches() && !name.contains("proj") && !name.contains("linear")
                ? RoleGuess.doubtful(ParameterRole.MATRIX, "two dimensions, yet named as a norm")
                : RoleGuess.sure(ParameterRole.MATRIX, "two dimensions");
    }

    private static RoleGuess byName(String name) {
        if (LAYER_SCALE.matcher(name).matches()) {
            return RoleGuess.doubtful(ParameterRole.SCALAR, "a layer scale, by name alone");
        }
        if (isBias(name)) {
            return RoleGuess.doubtful(ParameterRole.BIAS, "a bias, by name alone");
        }
        if (NORM.matcher(name).matches()) {
            return RoleGuess.doubtful(ParameterRole.NORM, "a norm, by name alone");
        }
        RoleGuess guess = matrix(name);
        return RoleGuess.doubtful(guess.role(), guess.reason() + ", by name alone");
    }
}
