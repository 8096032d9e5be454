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
    private static final String PROGRAM = "fairseq";

    @Override
    public String id() {
        return "fairseq";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.has("optimization.lr", "optimization.max_update", "optimization.max_epoch")
                && root.has("optimizer._name", "lr_scheduler._name", "optimizer");
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Resolution.Builder to = new Resolution.Builder();
        to.known("optimizer", root.text("optimizer._name", "optimizer"), "optimizer._name")
                .known("learningRate", root.number("optimization.lr"), "optimization.lr, of one value")
                .number("weightDecay", root, PROGRAM, 0, "optimizer.weight_decay")
                .betas(root.pair("optimizer.adam_betas"))
                .optional("eps", root.number("optimizer.adam_eps"))
                .optional("momentum", root.number("optimizer.momentum"));
        batch(root, sources, to);
        to.optional("sequenceLength", root.number("task.tokens_per_sample")).datasetSize(sources);
        Found<Double> steps = root.number("optimization.max_update");
        if (steps == null) {
            to.optional("epochs", root.number("optimization.max_epoch"));
        } else {
            to.known("steps", steps, "optimization.max_update");
        }
        String name = String.valueOf(to.text("optimizer"));
        boolean fineTuning = root.has("checkpoint.restore_file", "checkpoint.finetune_from_model", "model.w2v_path");
        return ResolvedConfig.of(
                id(),
                to,
                Registry.find("fairseq", name)
                        .or(() -> name.startsWith("adam") ? Optional.empty() : Registry.find("torch", name)),
                resolution -> schedule(root, resolution),
                new Context(fineTuning, false, false, to.build().given("weightDecay"), false),
                List.of(DecayedVectors.of(
                        fineTuning ? Severity.INFO : Severity.WARNING,
                        "fairseq has no exclusions: biases and LayerNorm gains are decayed like matrices",
                        "facebookresearch/fairseq, fairseq/optim")));
    }

    /** A batch bounded by tokens has no fixed number of samples. */
    private static void batch(Lookup root, Sources sources, Resolution.Builder to) {
        to.known(
                        "microBatchSize",
                        root.number("dataset.batch_size", "dataset.max_sentences"),
                        "dataset.batch_size (max_tokens bounds a batch, and does not count it)")
                .number("accumulation", root, PROGRAM, 1, "optimization.update_freq");
        EffectiveBatch.replicas(to, sources, root.number("distributed_training.distributed_world_size"), 1);
        EffectiveBatch.product(to);
    }

    private static @Nullable Schedule schedule(Lookup root, Resolution resolution) {
        Found<String> name = root.text("lr_scheduler._name", "lr_scheduler");
        Found<Double> updates = root.number("lr_scheduler.warmup_updates");
        long warmup = updates == null || updates.value() == null
                ? 0
                : Math.max(0, updates.value().longValue());
        ScheduleShape shape = switch (name == null ? "fixed" : String.valueOf(name.value())) {
            case "fixed" -> new Constant();
            case "polynomial_decay" ->
                linear(root)
                        ? new Linear(ScheduleResolver.floor(
                                root.number("lr_scheduler.end_learning_rate"), resolution.number("learningRate")))
                        : null;
            case "inverse_sqrt" -> new InverseSqrt(Math.max(1, warmup));
            case "cosine" ->
                new Cosine(
                        ScheduleResolver.floor(root.number("lr_scheduler.min_lr"), resolution.number("learningRate")));
            default -> null;
        };
        return shape == null ? null : new Schedule(shape, warmup);
    }

    private static boolean linear(Lookup root) {
        Found<Double> power = root.number("lr_scheduler.power");
        return power == null || (power.value() != null && power.value() == 1);
    }
}
