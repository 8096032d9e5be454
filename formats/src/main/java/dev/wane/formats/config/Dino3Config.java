package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DINOv3's YAML with its {@code schedules}: a warm-up to a peak that is scaled by the batch, then a cosine to an end. */
final class Dino3Config implements ConfigFormat {
    @Override
    public String id() {
        return "dinov3";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.has("schedules.lr.peak")
                && root.has("schedules.weight_decay.peak")
                && root.has("train.batch_size_per_gpu");
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Resolution.Builder to = new Resolution.Builder(Defaults.of(id(), sources));
        to.text("optimizer", root, "optim.optimizer")
                .known("microBatchSize", root.number("train.batch_size_per_gpu"), "train.batch_size_per_gpu")
                .byDefault("accumulation");
        EffectiveBatch.replicas(to, sources, null, 1);
        EffectiveBatch.product(to);
        if (root.flag("multidistillation.enabled")) {
            to.known(
                    "batchSize",
                    root.number("multidistillation.global_batch_size"),
                    "multidistillation.global_batch_size");
        }
        double factor = factor(root, sources, to);
        Found<Double> peak = root.number("schedules.lr.peak");
        to.put(
                "learningRate",
                peak == null || peak.value() == null || Double.isNaN(factor)
                        ? null
                        : Double.valueOf(factor * peak.value()),
                Double.isNaN(factor)
                        ? new Origin.Unresolved("--world-size N: schedules.lr.peak is scaled by the batch")
                        : new Origin.Computed("schedules.lr.peak by optim.scaling_rule"));
        weightDecay(root, to);
        to.optional("beta1", root.number("optim.adamw_beta1")).optional("beta2", root.number("optim.adamw_beta2"));
        steps(root, to, "steps", "optim.epochs");
        return ResolvedConfig.of(
                id(),
                to,
                Registry.find("torch", "adamw".equals(to.text("optimizer")) ? "adamw" : "?"),
                resolution -> schedule(root, resolution),
                new Context(root.has("student.pretrained_weights"), false, false, true, false),
                List.of());
    }

    /** What the peak is multiplied by: 4·√(B/1024), B/256, or 1. */
    private static double factor(Lookup root, Sources sources, Resolution.Builder to) {
        Double micro = to.number("microBatchSize");
        double batch = micro == null || sources.worldSize() == null ? Double.NaN : micro * sources.worldSize();
        boolean written = root.section("optim")
                .filter(optim -> optim.root().entries().containsKey("scaling_rule"))
                .isPresent();
        String usual = String.valueOf(to.defaults().certain("scalingRule"));
        return switch (root.textOr(written ? "none" : usual, "optim.scaling_rule")) {
            case "sqrt_wrt_1024" -> 4 * Math.sqrt(batch / 1024);
            case "linear_wrt_256" -> batch / 256;
            default -> 1;
        };
    }

    /** Followed where it stays, or moves along a cosine from its beginning on. */
    private static void weightDecay(Lookup root, Resolution.Builder to) {
        double start = root.numberOr(Double.NaN, "schedules.weight_decay.start");
        double peak = root.numberOr(Double.NaN, "schedules.weight_decay.peak");
        boolean moves = root.numberOr(0, "schedules.weight_decay.warmup_epochs") > 0 && start != peak;
        if (moves || root.has("schedules.weight_decay.cosine_epochs")) {
            to.put(
                    "weightDecay",
                    null,
                    new Origin.Unresolved("schedules.weight_decay: it moves in a way that is not followed"));
        } else {
            to.known("weightDecay", root.number("schedules.weight_decay.peak"), "schedules.weight_decay.peak")
                    .optional("weightDecayEnd", root.number("schedules.weight_decay.end"))
                    .put("weightDecayStyle", "cosine", new Origin.Computed("a cosine from peak to end"));
        }
    }

    private static void steps(Lookup root, Resolution.Builder to, String quantity, String key) {
        double steps = root.numberOr(Double.NaN, key) * root.numberOr(Double.NaN, "train.OFFICIAL_EPOCH_LENGTH");
        to.put(
                quantity,
                Double.isNaN(steps) ? null : Double.valueOf(steps),
                Double.isNaN(steps)
                        ? new Origin.Unresolved(key + " and train.OFFICIAL_EPOCH_LENGTH")
                        : new Origin.Computed(key + " · train.OFFICIAL_EPOCH_LENGTH"));
    }

    private static @Nullable Schedule schedule(Lookup root, Resolution resolution) {
        double peak = root.numberOr(Double.NaN, "schedules.lr.peak");
        double floor = root.numberOr(Double.NaN, "schedules.lr.end") / peak;
        double warmup = root.numberOr(0, "schedules.lr.warmup_epochs")
                * root.numberOr(Double.NaN, "train.OFFICIAL_EPOCH_LENGTH");
        boolean followed = root.numberOr(0, "schedules.lr.start") == 0
                && !root.has("schedules.lr.cosine_epochs")
                && floor >= 0
                && floor <= 1
                && warmup >= 0;
        return followed && resolution.number("steps") != null ? new Schedule(new Cosine(floor), (long) warmup) : null;
    }
}
