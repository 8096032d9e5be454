package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.lint.Finding;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** timm's {@code args.yaml}: the arguments of its training script, as it writes them beside its checkpoints. */
final class TimmConfig implements ConfigFormat {
    private static final double LR_BASE = 0.1;

    @Override
    public String id() {
        return "timm";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.has("opt")
                && !root.has("update_freq", "unscale_lr")
                && root.has("sched", "lr_base", "warmup_lr", "drop_path", "opt_eps")
                && root.has("batch_size", "b", "epochs");
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Resolution.Builder to = new Resolution.Builder(Defaults.of(id(), sources));
        to.text("optimizer", root, "opt")
                .number("microBatchSize", root, "batch_size", "b")
                .number("accumulation", root, "grad_accum_steps");
        EffectiveBatch.replicas(to, sources, root.number("world_size"), 1);
        EffectiveBatch.product(to);
        learningRate(root, to);
        if (descendant(root)) {
            to.put(
                    "learningRate",
                    null,
                    new Origin.Unresolved("whether the script scales lr by the batch, as DeiT's does"));
        }
        to.number("weightDecay", root, "weight_decay")
                .number("momentum", root, "momentum")
                .betas(root.pair("opt_betas"))
                .optional("eps", root.number("opt_eps"))
                .datasetSize(sources)
                .byDefault("dropLast");
        nesterov(to);
        if (root.has("opt_kwargs.nesterov")) {
            to.put("nesterov", root.flag("opt_kwargs.nesterov") ? "true" : "false", new Origin.Computed("opt_kwargs"));
        }
        if (descendant(root)) {
            unwritten(root, to);
        }
        if (root.flag("naflex_loader")) {
            to.put("batchSize", null, new Origin.Unresolved("naflex_loader: it varies in the run"));
        }
        TimmSchedule.epochs(root, to);
        boolean fineTuning = root.flag("pretrained") || root.has("initial_checkpoint", "finetune", "pretrained_path");
        return ResolvedConfig.of(
                id(),
                to,
                OptimizerFlags.applied(
                        row(to.text("optimizer")), root.section("opt_kwargs").orElse(root.empty())),
                resolution -> TimmSchedule.of(root, resolution, to.defaults()),
                new Context(fineTuning, false, false, to.build().given("weightDecay"), false),
                scaled(root, to));
    }

    /** DeiT's {@code main.py} and what came of it: timm's names for arguments, other defaults. */
    private static boolean descendant(Lookup root) {
        return !root.has("lr_base", "lr_base_size") && root.has("data_path", "data_set", "repeated_aug", "dist_eval");
    }

    private static void unwritten(Lookup root, Resolution.Builder to) {
        Map.of("weightDecay", "weight_decay", "optimizer", "opt", "epochs", "epochs", "microBatchSize", "batch_size")
                .forEach((quantity, key) -> {
                    if (!root.has(key)) {
                        to.put(quantity, null, new Origin.Unresolved("the default of the script that is started"));
                    }
                });
    }

    /** {@code lr}, or {@code lr_base} scaled to the whole batch: by its root for Adam's kin, linearly for SGD's. */
    private static void learningRate(Lookup root, Resolution.Builder to) {
        Found<Double> written = root.number("lr");
        if (written != null && (written.value() == null || written.value() != 0)) {
            to.known("learningRate", written, "");
            return;
        }
        Quantity usual = to.defaults().quantity("learningRate");
        if (!root.has("lr_base", "lr_base_size", "lr_base_scale") && usual.value() instanceof Double) {
            to.byDefault("learningRate");
            return;
        }
        Found<Double> base = root.number("lr_base");
        Double batch = to.number("batchSize");
        double rate = base == null || base.value() == null ? LR_BASE : base.value();
        to.put(
                "learningRate",
                batch == null ? null : rate * ratio(root, to, batch),
                batch == null
                        ? new Origin.Unresolved("--world-size N: lr_base is scaled by the batch")
                        : new Origin.Computed("lr_base · (batchSize / lr_base_size), "
                                + (root(root, to) ? "by its root" : "linearly")));
    }

    private static double ratio(Lookup root, Resolution.Builder to, double batch) {
        Found<Double> size = root.number("lr_base_size");
        double ratio = batch / (size == null || size.value() == null ? 256 : size.value());
        return root(root, to) ? Math.sqrt(ratio) : ratio;
    }

    private static boolean root(Lookup root, Resolution.Builder to) {
        Found<String> scale = root.text("lr_base_scale");
        if (scale != null && scale.value() != null && !scale.value().isEmpty()) {
            return "sqrt".equals(scale.value());
        }
        String name = String.valueOf(to.text("optimizer")).toLowerCase(Locale.ROOT);
        return name.contains("ada") || name.contains("lamb");
    }

    /** timm's radam was decoupled until it became torch's coupled one: which, the arguments do not say. */
    private static Optional<Optimizer> row(@Nullable String name) {
        String id = inner(name);
        return switch (id) {
            case "nesterov", "fusedsgd", "fusednesterov" -> Registry.find("timm", "sgd");
            case "fusedmomentum" -> Registry.find("timm", "momentum");
            case "fusedadam" -> Registry.find("timm", "adam");
            case "fusedadamw" -> Registry.find("apex", "fused_adam");
            case "nadam", "adamax", "adagrad", "adadelta", "rmsprop" -> Registry.find("torch", id);
            case "bnbadamw", "bnbadamw8bit" -> Registry.find("bnb", "adamw");
            case "bnblion", "bnblion8bit" -> Registry.find("bnb", "lion");
            default -> Registry.find("timm", id);
        };
    }

    /** {@code lookahead_adamw} steps as AdamW. */
    private static String inner(@Nullable String name) {
        String id = String.valueOf(name).toLowerCase(Locale.ROOT);
        return id.substring(id.lastIndexOf('_') + 1);
    }

    private static void nesterov(Resolution.Builder to) {
        if (inner(to.text("optimizer")).matches("(fused)?(sgd|nesterov)|sgdw|sgdc")) {
            to.byDefault("nesterov");
        }
    }

    private static List<Finding> scaled(Lookup root, Resolution.Builder to) {
        boolean square = !root.has("lr") && root(root, to);
        Double batch = to.number("batchSize");
        Found<Double> size = root.number("lr_base_size");
        double reference = size == null || size.value() == null ? 256 : size.value();
        return square && batch != null && batch != reference
                ? List.of(LearningRateScaled.bySquareRoot("lr_base_scale: sqrt", batch / reference))
                : List.of();
    }
}
