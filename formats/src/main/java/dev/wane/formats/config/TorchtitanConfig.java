package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Linear;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** torchtitan's TOML. It decays every parameter, gains and embeddings too, and its default λ is 0.1. */
final class TorchtitanConfig implements ConfigFormat {
    private static final double LONGEST_DEMONSTRATION = 1000;

    @Override
    public String id() {
        return "torchtitan";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.has("training.seq_len", "training.local_batch_size", "training.batch_size")
                && root.has("optimizer.name", "optimizer.lr", "training.steps")
                && root.has("job", "model", "parallelism", "lr_scheduler");
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Resolution.Builder to = new Resolution.Builder(Defaults.of(id(), sources));
        to.text("optimizer", root, "optimizer.name")
                .number("learningRate", root, "optimizer.lr")
                .number("weightDecay", root, "optimizer.weight_decay")
                .number("beta1", root, "optimizer.beta1")
                .number("beta2", root, "optimizer.beta2")
                .number("eps", root, "optimizer.eps");
        batch(root, sources, to);
        to.number("steps", root, "training.steps").number("sequenceLength", root, "training.seq_len");
        Resolution resolution = to.build();
        String name = String.valueOf(resolution.text("optimizer"));
        Optional<Optimizer> row =
                name.matches("Adam|AdamW") ? Registry.find("torch", name.toLowerCase(Locale.ROOT)) : Optional.empty();
        return ResolvedConfig.of(
                id(),
                to,
                row,
                all -> schedule(root, all),
                new Context(root.has("checkpoint.initial_load_path"), false, demonstration(resolution), true, false),
                List.of(decayedVectors()));
    }

    private static void batch(Lookup root, Sources sources, Resolution.Builder to) {
        if (root.has("fault_tolerance.semi_sync_method")) {
            to.put("batchSize", null, new Origin.Unresolved("semi_sync_method: groups of devices step by themselves"));
            return;
        }
        Found<Double> whole = root.number("training.global_batch_size");
        if (whole != null && whole.value() != null && whole.value() > 0) {
            to.known("batchSize", whole, "");
            return;
        }
        Found<Double> accumulation = root.number("training.gradient_accumulation_steps");
        to.number("microBatchSize", root, "training.local_batch_size", "training.batch_size")
                .put("accumulation", 1.0, new Origin.Computed("one backward pass per step without global_batch_size"))
                .optional("accumulation", accumulation);
        double perModel =
                ModelParallel.degree(root, "parallelism.tensor_parallel_degree", "training.tensor_parallel_degree")
                        * ModelParallel.degree(
                                root, "parallelism.pipeline_parallel_degree", "experimental.pipeline_parallel_degree")
                        * ModelParallel.degree(
                                root, "parallelism.context_parallel_degree", "experimental.context_parallel_degree");
        EffectiveBatch.replicas(to, sources, null, perModel);
        EffectiveBatch.product(to);
    }

    /** Without a ratio it decays from the end of warm-up on; with one it is flat before. */
    private static @Nullable Schedule schedule(Lookup root, Resolution resolution) {
        Double run = resolution.number("steps");
        if (run == null) {
            return null;
        }
        double steps = root.numberOr(run, "lr_scheduler.total_steps");
        long warmup = (long)
                Math.max(0, Math.min(steps, root.numberOr(200, "lr_scheduler.warmup_steps", "training.warmup_steps")));
        double floor = Math.min(1, Math.max(0, root.numberOr(0, "lr_scheduler.min_lr_factor", "lr_scheduler.lr_min")));
        double after = steps - warmup;
        double decay = root.has("lr_scheduler.decay_ratio")
                ? Math.min(after, Math.rint(root.numberOr(1, "lr_scheduler.decay_ratio") * steps))
                : after;
        String type = root.textOr("linear", "lr_scheduler.decay_type");
        ScheduleShape shape = decay >= after && type.equals("linear")
                ? new Linear(floor)
                : decay >= after && type.equals("cosine") ? new Cosine(floor) : LateDecay.of(type, decay, floor, after);
        return shape == null ? null : ScheduleResolver.until(new Schedule(shape, warmup), steps, resolution);
    }

    /** Its configurations of a thousand steps measure speed. */
    private static boolean demonstration(Resolution resolution) {
        Double steps = resolution.number("steps");
        return steps != null && steps <= LONGEST_DEMONSTRATION;
    }

    private static Finding decayedVectors() {
        return new Finding(
                "decayed-1d",
                Severity.WARNING,
                "weightDecay",
                "one λ for all parameters: RMSNorm gains and embeddings are decayed too",
                "parameter groups, where the version has them",
                "pytorch/torchtitan#2599");
    }
}
