package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.formats.tree.Node;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.lint.Severity;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** MaxText's flat YAML over optax; every parameter is decayed. */
final class MaxTextConfig implements ConfigFormat {
    @Override
    public String id() {
        return "maxtext";
    }

    /** Every file of its own builds on this one. */
    private static final String BASE = "base.yml";

    @Override
    public boolean recognises(Lookup root) {
        return isStarted(root)
                || (root.has("per_device_batch_size")
                        && root.has("max_target_length", "adam_weight_decay", "base_emb_dim", "opt_type"));
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Resolution.Builder to = new Resolution.Builder(defaults(root, sources));
        to.text("optimizer", root, "opt_type")
                .number("learningRate", root, "learning_rate")
                .number("weightDecay", root, "adam_weight_decay")
                .number("beta1", root, "adam_b1")
                .number("beta2", root, "adam_b2")
                .number("eps", root, "adam_eps")
                .number("microBatchSize", root, "per_device_batch_size")
                .number("accumulation", root, "gradient_accumulation_steps");
        EffectiveBatch.replicas(to, sources, null, 1);
        EffectiveBatch.product(to);
        if (root.flag("enable_diloco") || root.flag("enable_rampup_batch_size")) {
            to.put("batchSize", null, new Origin.Unresolved("it changes in the run, or by groups of devices"));
        }
        to.number("sequenceLength", root, "max_target_length").number("steps", root, "steps");
        if (root.numberOr(0, "steps") < 0) {
            to.known("steps", root.number("learning_rate_schedule_steps"), "learning_rate_schedule_steps");
        }
        String name = String.valueOf(to.text("optimizer"));
        boolean decoupled = name.equals("adamw") || name.equals("adam_pax");
        if (!decoupled) {
            to.known("weightDecay", root.number("muon_weight_decay"), "adam_weight_decay is AdamW's alone");
        }
        return ResolvedConfig.of(
                id(),
                to,
                decoupled ? Registry.find("optax", "adamw") : Optional.empty(),
                resolution -> schedule(root, resolution),
                new Context(
                        root.has("load_parameters_path") || root.flag("use_sft") || root.flag("use_dpo"),
                        false,
                        false,
                        to.build().given("weightDecay"),
                        false),
                masked(root)
                        ? List.of()
                        : List.of(DecayedVectors.of(
                                Severity.INFO,
                                "optax.adamw without a mask: norm scales and embeddings are decayed too",
                                "AI-Hypercomputer/maxtext, optimizers.py")));
    }

    private static boolean isStarted(Lookup root) {
        return root.textOr("", "$command").matches("(?i).*\\bmaxtext[./].*")
                && root.has("learning_rate")
                && root.has("steps");
    }

    /** What a file that is not there says of the rest is not known. */
    private Defaults defaults(Lookup root, Sources sources) {
        return isWhole(root) ? Defaults.of(id(), sources) : Defaults.unknown(root.textOr("", "base_config"));
    }

    private static boolean isWhole(Lookup root) {
        return root.textOr(BASE, "base_config").endsWith(BASE);
    }

    private static boolean masked(Lookup root) {
        return root.find("adamw_mask")
                .filter(entry -> entry.value() instanceof Node.Sequence list
                        && !list.items().isEmpty())
                .isPresent();
    }

    /** Its cosine ends at {@code learning_rate_schedule_steps}, which must be the run's for a schedule over the run. */
    private static @Nullable Schedule schedule(Lookup root, Resolution resolution) {
        Double steps = resolution.number("steps");
        Found<Double> end = root.number("learning_rate_schedule_steps");
        boolean other = end != null
                && end.value() != null
                && end.value() > 0
                && !end.value().equals(steps);
        Found<String> type = root.text("lr_schedule_type");
        boolean cosine = type == null || "cosine".equals(type.value());
        boolean whole = isWhole(root) || root.has("warmup_steps_fraction");
        if (steps == null || other || !cosine || !whole) {
            return null;
        }
        Found<Double> share = root.number("warmup_steps_fraction");
        Found<Double> last = root.number("cosine_learning_rate_final_fraction", "learning_rate_final_fraction");
        double floor = last == null || last.value() == null ? 0.1 : Math.min(1, Math.max(0, last.value()));
        double warmup = (share == null || share.value() == null ? 0.1 : Math.max(0, share.value())) * steps;
        return new Schedule(new Cosine(floor), (long) warmup);
    }
}
