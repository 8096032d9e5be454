package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Schedule;
import java.util.List;
import java.util.Optional;

/**
 * LLaMA-Factory's second interface: torch's AdamW with torch's λ over every parameter, or Moonlight's Muon where {@code
 * optim_config} names it, and a constant rate unless {@code lr_scheduler_config} says otherwise.
 */
final class LlamaFactoryConfig implements ConfigFormat {
    private static final String MUON = "muon_optimizer.py";

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
        Optional<Optimizer> row = optimizer(root, to);
        to.number("learningRate", root, "learning_rate");
        batch(root, sources, to);
        to.datasetSize(sources).optional("sequenceLength", root.number("cutoff_len"));
        length(root, to);
        return ResolvedConfig.of(
                id(),
                to,
                row,
                resolution -> root.has("lr_scheduler_config") ? null : new Schedule(new Constant(), 0),
                new Context(true, root.has("peft_config"), false, to.build().given("weightDecay"), false),
                root.has("weight_decay") ? List.of(noSuchKey()) : List.of());
    }

    private static Optional<Optimizer> optimizer(Lookup root, Resolution.Builder to) {
        if (!root.has("optim_config")) {
            to.byDefault("optimizer").byDefault("weightDecay");
            return Registry.find("torch", "adamw");
        }
        Found<String> name = root.text("optim_config.name", "optim_config");
        if (name != null && "muon".equals(name.value())) {
            to.known("optimizer", name, "")
                    .number("weightDecay", root, MUON, 0.1, "optim_config.wd")
                    .number("momentum", root, MUON, 0.95, "optim_config.momentum");
            return Registry.find("moonlight", "muon");
        }
        to.put(
                "optimizer",
                root.textOr("?", "optim_config.name") + " (a plugin)",
                Found.at(root.find("optim_config").orElseThrow().value().position(), "optim_config"));
        return Optional.empty();
    }

    private static void length(Lookup root, Resolution.Builder to) {
        Found<Double> steps = root.number("max_steps");
        if (steps != null && steps.value() != null && steps.value() > 0) {
            to.known("steps", steps, "");
        } else {
            to.number("epochs", root, "num_train_epochs");
        }
    }

    private static Finding noSuchKey() {
        return new Finding(
                "ignored-key",
                Severity.WARNING,
                "weightDecay",
                "this interface has no weight_decay: it ends with an error, or passes over the key where ALLOW_EXTRA_KEYS is"
                        + " set, and decays by its optimizer's default",
                "choose an optimizer in optim_config that takes one, muon's wd, or train with the first interface",
                "hiyouga/LLaMA-Factory, src/llamafactory/v1/config/arg_parser.py");
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
            replicas(root, sources, to);
            EffectiveBatch.product(to);
        }
    }

    /** As many as are written, or what the devices of the run leave: a context's parts hold one sample together. */
    private static void replicas(Lookup root, Sources sources, Resolution.Builder to) {
        if (root.has("dp_size", "dist_config.dp_size")) {
            to.known("replicas", root.number("dp_size", "dist_config.dp_size"), "dp_size");
        } else {
            EffectiveBatch.replicas(to, sources, null, ModelParallel.degree(root, "cp_size", "dist_config.cp_size"));
        }
    }
}
