package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.InverseSqrt;
import dev.wane.schedule.Linear;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** MosaicML's llm-foundry YAML for Composer. Its decoupled optimizers multiply λ by the schedule alone. */
final class ComposerConfig implements ConfigFormat {
    @Override
    public String id() {
        return "composer";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.has("optimizer.name")
                && root.has("max_duration")
                && root.has("global_train_batch_size", "device_train_microbatch_size", "train_loader")
                && !root.has("optimizer.learning_rate");
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Resolution.Builder to = new Resolution.Builder(Defaults.none());
        to.known("optimizer", root.text("optimizer.name"), "optimizer.name is required")
                .known("learningRate", root.number("optimizer.lr"), "optimizer.lr");
        Optional<Optimizer> row = row(to.text("optimizer"));
        weightDecay(root, row, to);
        if ("decoupled_adamw".equals(to.text("optimizer"))) {
            to.put("beta1", 0.9, new Origin.DefaultOf("DecoupledAdamW"))
                    .put("beta2", 0.95, new Origin.DefaultOf("DecoupledAdamW"));
        }
        to.betas(root.pair("optimizer.betas"))
                .optional("eps", root.number("optimizer.eps"))
                .optional("momentum", root.number("optimizer.momentum"))
                .known("batchSize", root.number("global_train_batch_size"), "global_train_batch_size")
                .optional("sequenceLength", root.number("max_seq_len", "train_loader.dataset.max_seq_len"))
                .datasetSize(sources);
        packing(root, sources, to);
        if (root.has("max_duration")) {
            TimeText.length(to, root.text("max_duration"), "ep");
        } else {
            to.known("steps", null, "max_duration is required");
        }
        boolean fineTuning = root.has("model.pretrained_model_name_or_path") && !isFalse(root, "model.pretrained");
        return ResolvedConfig.of(
                id(),
                to,
                row,
                resolution -> schedule(root, to, resolution),
                new Context(
                        fineTuning,
                        root.has("model.peft_config", "peft_config"),
                        false,
                        to.build().given("weightDecay"),
                        false),
                List.of());
    }

    /** A packed sample holds several of the data set's. */
    private static void packing(Lookup root, Sources sources, Resolution.Builder to) {
        Found<Double> ratio = root.number("train_loader.dataset.packing_ratio");
        if (ratio != null && sources.datasetSize() != null) {
            to.put(
                    "datasetSize",
                    ratio.value() == null ? null : sources.datasetSize() / ratio.value(),
                    ratio.value() == null
                            ? new Origin.Unresolved("packing_ratio: it is found at the start of a run")
                            : new Origin.Computed("--dataset-size / packing_ratio"));
        }
    }

    private static void weightDecay(Lookup root, Optional<Optimizer> row, Resolution.Builder to) {
        double fallback = row.map(Optimizer::defaultWeightDecay).orElse(Double.NaN);
        Found<Double> written = root.number("optimizer.weight_decay");
        if (written == null && Double.isNaN(fallback)) {
            to.known("weightDecay", null, "optimizer.weight_decay");
        } else {
            to.number(
                    "weightDecay",
                    root,
                    String.valueOf(row.map(Object::toString).orElse("the optimizer")),
                    fallback,
                    "optimizer.weight_decay");
        }
    }

    private static boolean isFalse(Lookup root, String key) {
        return root.has(key) && !root.flag(key);
    }

    private static Optional<Optimizer> row(@Nullable String name) {
        String id = String.valueOf(name).toLowerCase(Locale.ROOT);
        return Registry.find("composer", id).or(() -> Registry.find("torch", id));
    }

    private static @Nullable Schedule schedule(Lookup root, Resolution.Builder to, Resolution resolution) {
        Found<String> name = root.text("scheduler.name");
        double run = ScheduleResolver.steps(resolution);
        double warmup = time(root, to, run, "scheduler.t_warmup", 0);
        Found<Double> share = root.number("scheduler.alpha_f");
        boolean linear = name != null && String.valueOf(name.value()).startsWith("linear");
        double floor = share == null || share.value() == null ? 0 : Math.min(1, Math.max(0, share.value()));
        ScheduleShape shape = switch (name == null ? "" : String.valueOf(name.value())) {
            case "cosine_with_warmup", "cosine_annealing" -> new Cosine(floor);
            case "linear_decay_with_warmup", "linear" -> new Linear(linear ? floor : 0);
            case "constant", "constant_with_warmup" -> new Constant();
            case "inv_sqrt_with_warmup" -> inverse(root, to, run);
            default -> null;
        };
        double usual = root.numberOr(1, "scheduler.alpha", "scheduler.alpha_i");
        boolean unknown =
                run < 1 && String.valueOf(root.textOr("", "scheduler.t_warmup")).endsWith("dur");
        if (usual != 1 || unknown || root.numberOr(0, "scheduler.alpha_f_decay") != 0) {
            return null;
        }
        double end = time(root, to, run, "scheduler.t_max", run);
        return shape == null || !(warmup >= 0) || Double.isNaN(end)
                ? null
                : ScheduleResolver.until(new Schedule(shape, (long) warmup), end, (long) run);
    }

    /** Its cool-down, where it has one, is not followed. */
    private static @Nullable ScheduleShape inverse(Lookup root, Resolution.Builder to, double run) {
        double scale = time(root, to, run, "scheduler.t_scale", Double.NaN);
        double cooldown = time(root, to, run, "scheduler.t_cooldown", 0);
        return scale >= 1 && cooldown == 0 ? new InverseSqrt((long) scale) : null;
    }

    private static double time(Lookup root, Resolution.Builder to, double run, String key, double otherwise) {
        Found<String> written = root.text(key);
        return written == null
                ? otherwise
                : TimeText.of(written.value()).map(time -> time.steps(to, run)).orElse(Double.NaN);
    }
}
