package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.lint.Finding;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** timm's {@code args.yaml}: the arguments of its training script, as it writes them beside its checkpoints. */
final class TimmConfig implements ConfigFormat {
    private static final String PROGRAM = "timm's train.py";
    private static final double LR_BASE = 0.1;

    @Override
    public String id() {
        return "timm";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.has("opt")
                && root.has("sched", "lr_base", "warmup_lr", "drop_path", "opt_eps")
                && root.has("batch_size", "epochs");
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Resolution.Builder to = new Resolution.Builder();
        to.text("optimizer", root, PROGRAM, "sgd", "opt")
                .number("microBatchSize", root, PROGRAM, 128, "batch_size")
                .number("accumulation", root, PROGRAM, 1, "grad_accum_steps");
        EffectiveBatch.replicas(to, sources, root.number("world_size"), 1);
        EffectiveBatch.product(to);
        learningRate(root, to);
        to.number("weightDecay", root, PROGRAM, 2e-5, "weight_decay")
                .number("momentum", root, PROGRAM, 0.9, "momentum")
                .betas(root.pair("opt_betas"))
                .optional("eps", root.number("opt_eps"))
                .datasetSize(sources)
                .number("epochs", root, PROGRAM, 300, "epochs");
        boolean fineTuning = root.flag("pretrained") || root.has("initial_checkpoint", "finetune");
        return ResolvedConfig.of(
                id(),
                to,
                row(to.text("optimizer")),
                resolution -> schedule(root, resolution),
                new Context(fineTuning, false, false, to.build().given("weightDecay"), false),
                scaled(root, to));
    }

    /** {@code lr}, or {@code lr_base} scaled to the whole batch: by its root for Adam's kin, linearly for SGD's. */
    private static void learningRate(Lookup root, Resolution.Builder to) {
        Found<Double> written = root.number("lr");
        if (written != null) {
            to.known("learningRate", written, "");
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
        return name.contains("adam") || name.contains("lamb") || name.contains("adabelief");
    }

    private static Optional<Optimizer> row(@Nullable String name) {
        String id = String.valueOf(name).toLowerCase(Locale.ROOT);
        return switch (id) {
            case "nesterov" -> Registry.find("timm", "sgd");
            case "fusedadam", "fusedadamw" -> Registry.find("apex", "fused_adam");
            case "radam", "nadam", "adamax", "adagrad", "adadelta", "rmsprop" -> Registry.find("torch", id);
            case "bnbadamw", "bnbadamw8bit" -> Registry.find("bnb", "adamw");
            default -> Registry.find("timm", id);
        };
    }

    private static @Nullable Schedule schedule(Lookup root, Resolution resolution) {
        Found<String> name = root.text("sched");
        String kind = name == null ? "cosine" : String.valueOf(name.value());
        double floor = ScheduleResolver.floor(root.number("min_lr"), resolution.number("learningRate"));
        Found<Double> written = root.number("warmup_epochs");
        double epochs = written == null || written.value() == null ? 5 : Math.max(0, written.value());
        ScheduleShape shape = kind.equals("cosine") ? new Cosine(floor) : null;
        return shape == null ? null : new Schedule(shape, (long) (epochs * ScheduleResolver.stepsPerEpoch(resolution)));
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
