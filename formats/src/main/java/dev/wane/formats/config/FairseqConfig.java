package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.lint.Severity;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.InverseSqrt;
import dev.wane.schedule.Linear;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** fairseq's Hydra YAML. Its {@code adam} is decoupled, and every parameter is decayed. */
final class FairseqConfig implements ConfigFormat {
    @Override
    public String id() {
        return "fairseq";
    }

    @Override
    public boolean recognises(Lookup root) {
        boolean hydra = root.has("optimization.lr", "optimization.max_update", "optimization.max_epoch")
                && root.has("optimizer._name", "lr_scheduler._name", "optimizer");
        return hydra
                || (root.has("arch", "task", "criterion")
                        && root.has("max_tokens", "max_sentences", "batch_size")
                        && root.has("max_update", "max_epoch", "update_freq", "warmup_updates", "adam_betas"));
    }

    /** A key of Hydra's YAML, and the same on a command line, where it stands alone. */
    private static String[] key(String path) {
        return new String[] {path, path.substring(path.indexOf('.') + 1)};
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Resolution.Builder to = new Resolution.Builder(Defaults.of(id(), sources));
        to.known("optimizer", root.text("optimizer._name", "optimizer"), "optimizer._name")
                .known("learningRate", root.number(key("optimization.lr")), "optimization.lr, of one value")
                .number("weightDecay", root, "optimizer.weight_decay", "weight_decay", "wd")
                .betas(root.pair(key("optimizer.adam_betas")))
                .optional("eps", root.number(key("optimizer.adam_eps")))
                .optional("momentum", root.number(key("optimizer.momentum")));
        if ("composite".equals(to.text("optimizer"))) {
            to.put("learningRate", null, new Origin.Unresolved("optimizer.groups: each has its own"))
                    .put("weightDecay", null, new Origin.Unresolved("optimizer.groups: each has its own"));
        }
        batch(root, sources, to);
        to.optional("sequenceLength", root.number(key("task.tokens_per_sample")))
                .datasetSize(sources);
        length(root, to);
        String name = String.valueOf(to.text("optimizer"));
        boolean fineTuning = root.has("checkpoint.finetune_from_model", "finetune_from_model", "model.w2v_path")
                || !"checkpoint_last.pt".equals(root.textOr("checkpoint_last.pt", key("checkpoint.restore_file")));
        Double decay = to.number("weightDecay");
        return ResolvedConfig.of(
                id(),
                to,
                Registry.find("fairseq", name)
                        .or(() -> name.startsWith("adam") ? Optional.empty() : Registry.find("torch", name)),
                resolution -> schedule(root, resolution),
                new Context(fineTuning, false, false, to.build().given("weightDecay"), false),
                decay == null || decay == 0
                        ? List.of()
                        : List.of(DecayedVectors.of(
                                fineTuning ? Severity.INFO : Severity.WARNING,
                                "fairseq has no exclusions: biases and LayerNorm gains are decayed like matrices",
                                "facebookresearch/fairseq, fairseq/optim")));
    }

    /** 0 stands for no limit; of two limits the first that is reached holds. */
    private static void length(Lookup root, Resolution.Builder to) {
        double updates = root.numberOr(0, key("optimization.max_update"));
        double epochs = root.numberOr(0, key("optimization.max_epoch"));
        if (updates > 0 && epochs > 0) {
            first(root, to, epochs);
        } else if (updates > 0) {
            to.optional("steps", root.number(key("optimization.max_update")));
        } else if (epochs > 0) {
            to.optional("epochs", root.number(key("optimization.max_epoch")));
        } else {
            to.put("steps", null, new Origin.Unresolved("optimization.max_update or max_epoch"));
        }
    }

    /** Which limit is reached first only the steps of an epoch can say. */
    private static void first(Lookup root, Resolution.Builder to, double epochs) {
        double perEpoch = ScheduleResolver.stepsPerEpoch(to.build());
        if (perEpoch == 0) {
            to.put(
                    "steps",
                    null,
                    new Origin.Unresolved(
                            "max_update or max_epoch, the first reached: --dataset-size N, --world-size N"));
        } else if (epochs * perEpoch < root.numberOr(0, key("optimization.max_update"))) {
            to.optional("epochs", root.number(key("optimization.max_epoch")));
        } else {
            to.optional("steps", root.number(key("optimization.max_update")));
        }
    }

    /** A batch bounded by tokens has no fixed number of samples. */
    private static void batch(Lookup root, Sources sources, Resolution.Builder to) {
        Found<Double> written =
                root.number("dataset.batch_size", "dataset.max_sentences", "max_sentences", "batch_size");
        if (root.has(key("dataset.max_tokens")) && written != null) {
            to.put(
                    "microBatchSize",
                    null,
                    new Origin.Unresolved("dataset.batch_size and max_tokens, whichever a batch reaches first"));
        } else {
            to.known(
                    "microBatchSize", written, "dataset.batch_size (max_tokens bounds a batch, and does not count it)");
        }
        multiple(root, to);
        to.number("accumulation", root, key("optimization.update_freq"));
        EffectiveBatch.replicas(
                to,
                sources,
                root.number(key("distributed_training.distributed_world_size")),
                ModelParallel.degree(root, key("common.model_parallel_size")));
        EffectiveBatch.product(to);
    }

    /** Above eight samples a batch is a multiple of eight, unless told. */
    private static void multiple(Lookup root, Resolution.Builder to) {
        double of = root.numberOr(8, key("dataset.required_batch_size_multiple"));
        Double micro = to.number("microBatchSize");
        if (micro != null && of > 1 && micro > of && micro % of != 0) {
            to.put(
                    "microBatchSize",
                    Math.floor(micro / of) * of,
                    new Origin.Computed("dataset.batch_size, down to a multiple of required_batch_size_multiple"));
        }
    }

    private static @Nullable Schedule schedule(Lookup root, Resolution resolution) {
        String name = root.textOr("fixed", "lr_scheduler._name", "lr_scheduler");
        double usual = name.equals("inverse_sqrt") ? 4000 : 0;
        long warmup = (long) Math.max(0, root.numberOr(usual, key("lr_scheduler.warmup_updates")));
        ScheduleShape shape = shape(name, root, resolution, warmup);
        return shape == null ? null : ScheduleResolver.until(new Schedule(shape, warmup), end(name, root), resolution);
    }

    private static @Nullable ScheduleShape shape(String name, Lookup root, Resolution resolution, long warmup) {
        Double peak = resolution.number("learningRate");
        return switch (name) {
            case "fixed" -> root.has(key("lr_scheduler.force_anneal")) ? null : new Constant();
            case "polynomial_decay" ->
                root.numberOr(1, key("lr_scheduler.power")) == 1
                        ? new Linear(ScheduleResolver.floor(root.number(key("lr_scheduler.end_learning_rate")), peak))
                        : null;
            case "inverse_sqrt" -> new InverseSqrt(Math.max(1, warmup));
            case "cosine" ->
                oneCycle(root, resolution, warmup)
                        ? new Cosine(ScheduleResolver.floor(root.number(key("lr_scheduler.min_lr")), peak))
                        : null;
            default -> null;
        };
    }

    /** Where a polynomial ends; null for the run's end. */
    private static @Nullable Double end(String name, Lookup root) {
        Found<Double> total = root.number(key("lr_scheduler.total_num_update"));
        return name.equals("polynomial_decay") && total != null ? total.value() : null;
    }

    /** A shorter period restarts. */
    private static boolean oneCycle(Lookup root, Resolution resolution, long warmup) {
        Double steps = resolution.number("steps");
        double period = root.numberOr(-1, key("lr_scheduler.lr_period_updates"));
        return period < 0 || (steps != null && Math.abs(period - (steps - warmup)) <= 0.01 * steps);
    }
}
