package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.lint.Finding;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DINOv2's YAML: η follows the root of the batch, λ rises along a cosine. */
final class DinoConfig implements ConfigFormat {
    private static final double REFERENCE = 1024;

    @Override
    public String id() {
        return "dinov2";
    }

    @Override
    public boolean recognises(Lookup root) {
        return !root.has("schedules")
                && (root.has("optim.base_lr") || (root.has("optim.weight_decay_end") && !root.has("optim.lr")))
                && root.has("train.batch_size_per_gpu", "optim.scaling_rule", "dino");
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Resolution.Builder to = new Resolution.Builder(Defaults.of(id(), sources));
        to.byDefault("optimizer")
                .number("microBatchSize", root, "train.batch_size_per_gpu")
                .byDefault("accumulation");
        EffectiveBatch.replicas(to, sources, null, 1);
        EffectiveBatch.product(to);
        learningRate(root, to);
        to.number("weightDecay", root, "optim.weight_decay")
                .number("weightDecayEnd", root, "optim.weight_decay_end")
                .byDefault("weightDecayStyle")
                .number("beta1", root, "optim.adamw_beta1")
                .number("beta2", root, "optim.adamw_beta2");
        length(root, to);
        Double batch = to.number("batchSize");
        boolean scaled = square(root) && (batch == null || batch != REFERENCE);
        return ResolvedConfig.of(
                id(),
                to,
                Registry.find("torch", "adamw"),
                resolution -> schedule(root, resolution),
                new Context(
                        root.has("student.pretrained_weights"),
                        false,
                        false,
                        to.build().given("weightDecay"),
                        false),
                scaled ? List.of(finding(batch)) : List.of());
    }

    private static Finding finding(@Nullable Double batch) {
        return LearningRateScaled.bySquareRoot(
                "scaling_rule: sqrt_wrt_1024", batch == null ? Double.NaN : batch / REFERENCE);
    }

    private static boolean square(Lookup root) {
        Found<String> rule = root.text("optim.scaling_rule");
        return rule == null || "sqrt_wrt_1024".equals(rule.value());
    }

    private static void learningRate(Lookup root, Resolution.Builder to) {
        to.number("baseLearningRate", root, "optim.base_lr");
        Double base = to.number("baseLearningRate");
        Double batch = to.number("batchSize");
        if (!square(root) || batch == null || base == null) {
            to.put("learningRate", null, new Origin.Unresolved("--world-size N: base_lr is scaled by the batch"));
        } else {
            to.put(
                    "learningRate",
                    base * Math.sqrt(batch / REFERENCE),
                    new Origin.Computed("base_lr · √(batchSize / 1024)"));
        }
    }

    /** Its epochs are of a fixed number of steps. */
    private static void length(Lookup root, Resolution.Builder to) {
        Found<Double> epochs = root.number("optim.epochs");
        double steps = (epochs == null || epochs.value() == null ? 100 : epochs.value()) * perEpoch(root);
        to.put("steps", steps, new Origin.Computed("optim.epochs · train.OFFICIAL_EPOCH_LENGTH"));
    }

    private static double perEpoch(Lookup root) {
        Found<Double> written = root.number("train.OFFICIAL_EPOCH_LENGTH");
        return written == null || written.value() == null ? 1250 : written.value();
    }

    private static Schedule schedule(Lookup root, Resolution resolution) {
        Found<Double> warmup = root.number("optim.warmup_epochs");
        Found<Double> least = root.number("optim.min_lr");
        Double peak = resolution.number("learningRate");
        double floor = least == null
                ? (peak == null || peak <= 0 ? 0 : Math.min(1, 1e-6 / peak))
                : ScheduleResolver.floor(least, peak);
        double epochs = warmup == null || warmup.value() == null ? 10 : Math.max(0, warmup.value());
        return new Schedule(new Cosine(floor), (long) (epochs * perEpoch(root)));
    }
}
