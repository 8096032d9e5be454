package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Schedule;
import java.util.List;
import java.util.Optional;

/**
 * LLaMA-Factory's second interface: torch's AdamW with torch's λ over every parameter, unless {@code optim_config} names a
 * plugin, and a constant rate unless {@code lr_scheduler_config} does.
 */
final class LlamaFactoryConfig implements ConfigFormat {
    @Override
    public String id() {
        return "llamafactory";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.has("model")
                && root.has("micro_batch_size", "global_batch_size")
                && root.has("train_dataset", "dist_config", "optim_config", "kernel_config")
                && root.has("learning_rate", "max_steps", "num_train_epochs", "cutoff_len");
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Resolution.Builder to = new Resolution.Builder(Defaults.of(id(), sources));
        boolean plugin = root.has("optim_config");
        if (plugin) {
            to.put(
                    "optimizer",
                    root.textOr("?", "optim_config.name") + " (a plugin)",
                    Found.at(root.find("optim_config").orElseThrow().value().position(), "optim_config"));
        } else {
            to.byDefault("optimizer").byDefault("weightDecay");
        }
        to.number("learningRate", root, "learning_rate");
        batch(root, sources, to);
        to.datasetSize(sources).optional("sequenceLength", root.number("cutoff_len"));
        Found<Double> steps = root.number("max_steps");
        if (steps != null && steps.value() != null && steps.value() > 0) {
            to.known("steps", steps, "");
        } else {
            to.number("epochs", root, "num_train_epochs");
        }
        Optional<Optimizer> row = plugin ? Optional.empty() : Registry.find("torch", "adamw");
        return ResolvedConfig.of(
                id(),
                to,
                row,
                resolution -> root.has("lr_scheduler_config") ? null : new Schedule(new Constant(), 0),
                new Context(true, root.has("peft_config"), false, false, false),
                List.of());
    }

    /** Of all devices where it is written; dynamic batches have no size. */
    private static void batch(Lookup root, Sources sources, Resolution.Builder to) {
        if (!root.textOr("normal", "batching_strategy").equals("normal")) {
            to.put("batchSize", null, new Origin.Unresolved("batching_strategy: batches hold as many samples as fit"));
        } else if (root.has("global_batch_size")) {
            to.known("batchSize", root.number("global_batch_size"), "");
        } else {
            to.number("microBatchSize", root, "micro_batch_size")
                    .put(
                            "accumulation",
                            1.0,
                            new Origin.Computed("one backward pass per step without global_batch_size"));
            EffectiveBatch.replicas(to, sources, null, ModelParallel.degree(root, "dist_config.cp_size"));
            EffectiveBatch.product(to);
        }
    }
}
