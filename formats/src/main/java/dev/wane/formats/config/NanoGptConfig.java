package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.lint.Finding;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * nanoGPT's Python files of constants. Its script divides the accumulation by the number of devices, so that the batch
 * does not depend on them.
 */
final class NanoGptConfig implements ConfigFormat {
    /** Names of its script, which a file of constants for another would hardly have. */
    private static final String[] OWN = {
        "wandb_log",
        "init_from",
        "always_save_checkpoint",
        "lr_decay_iters",
        "mup_enabled",
        "eval_iters",
        "warmup_iters"
    };
    /** Keys of scripts that began as this one, and now train otherwise. */
    private static final String[] FORKS = {
        "optimizer",
        "optimizer_name",
        "optimizer_type",
        "opt",
        "lr",
        "lr_schedule",
        "schedule",
        "scheduler",
        "total_bs",
        "n_embd_head",
        "dataset_size"
    };

    @Override
    public String id() {
        return "nanogpt";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.has("max_iters", "lr_decay_iters")
                && root.has("batch_size", "gradient_accumulation_steps", "block_size")
                && root.has(OWN)
                && !root.has(FORKS);
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup written = new Lookup(sources.main());
        Optional<NanoGptScript> script = NanoGptScript.beside(written);
        Lookup root = script.map(found -> found.under(written)).orElse(written);
        Resolution.Builder to = new Resolution.Builder(Defaults.of(id(), sources));
        to.byDefault("optimizer")
                .number("learningRate", root, "learning_rate")
                .number("weightDecay", root, "weight_decay")
                .number("beta1", root, "beta1")
                .number("beta2", root, "beta2")
                .number("microBatchSize", root, "batch_size")
                .number("accumulation", root, "gradient_accumulation_steps");
        batch(script.map(NanoGptScript::whole).orElse(true), sources, to);
        to.number("sequenceLength", root, "block_size")
                .number("steps", root, "max_iters")
                .number("warmupSteps", root, "warmup_iters")
                .number("floorRate", root, "min_lr");
        Found<String> from = root.text("init_from");
        boolean fineTuning =
                from != null && from.value() != null && from.value().startsWith("gpt2");
        return ResolvedConfig.of(
                id(),
                to,
                Registry.find("nanogpt", "adamw"),
                resolution -> schedule(root, resolution),
                new Context(fineTuning, false, false, true, false),
                mup(root, to));
    }

    /** The accumulation is that of all devices, or of each where the script does not divide it. */
    private static void batch(boolean whole, Sources sources, Resolution.Builder to) {
        Double micro = to.number("microBatchSize");
        Double accumulation = to.number("accumulation");
        if (whole) {
            to.put(
                    "batchSize",
                    micro == null || accumulation == null ? null : micro * accumulation,
                    new Origin.Computed("microBatchSize · accumulation, over all devices"));
            return;
        }
        EffectiveBatch.replicas(to, sources, null, 1);
        EffectiveBatch.product(to);
    }

    /** Its fork for μP; the fork that scales by depth too multiplies λ by the width as well. */
    private static List<Finding> mup(Lookup root, Resolution.Builder to) {
        boolean scales = root.flag("mup_enabled")
                && !root.flag("mup_disable_hidden_lr_scaling")
                && !root.flag("depth_alpha_enabled");
        return scales ? MupDecay.of(1 / root.numberOr(1, "mup_width_multiplier"), to) : List.of();
    }

    private static @Nullable Schedule schedule(Lookup root, Resolution resolution) {
        if (root.has("decay_lr") && !root.flag("decay_lr")) {
            return new Schedule(new Constant(), 0);
        }
        Double least = resolution.number("floorRate");
        Double peak = resolution.number("learningRate");
        Double warmup = resolution.number("warmupSteps");
        if (least == null || peak == null || peak <= 0 || warmup == null) {
            return null;
        }
        Found<Double> decay = root.number("lr_decay_iters");
        return ScheduleResolver.until(
                new Schedule(new Cosine(Math.min(1, Math.max(0, least / peak))), Math.max(0, warmup.longValue())),
                decay == null ? Double.valueOf(600_000) : decay.value(),
                resolution);
    }
}
