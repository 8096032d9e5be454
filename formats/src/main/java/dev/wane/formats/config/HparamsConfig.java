package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Hyperparameters that a logger wrote down under everyday names: Lightning's {@code hparams.yaml}, W&B, MLflow. */
final class HparamsConfig implements ConfigFormat {
    /** Names that scripts map to a class of their choice: many take torch's AdamW for {@code adam}. */
    private static final Set<String> BARE = Set.of("adam", "nadam", "radam", "rmsprop", "muon");

    private static final String[] ACCUMULATION = {
        "accumulate_grad_batches",
        "gradient_accumulation_steps",
        "gradient_accumulation",
        "grad_accumulation_steps",
        "grad_accumulation",
        "grad_accum_steps",
        "grad_accum",
        "grad_acc_steps",
        "grad_acc",
        "acc_steps",
        "accum_steps",
        "accum_iter",
        "accum_freq",
        "accumulation_steps",
        "update_freq",
        "iter_size"
    };
    private static final String[] WHOLE_BATCH = {
        "total_batch_size", "effective_batch_size", "eff_batch_size", "global_batch_size"
    };

    private static final String SCRIPTS =
            "which optimizer the script builds: --framework and --optimizer in explain and plan";

    @Override
    public String id() {
        return "hparams";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.has("lr", "learning_rate", "base_lr", "opt_learning_rate")
                && root.has(
                        "weight_decay", "wd", "optimizer", "optim", "optimizer_name", "opt_name", "batch_size", "b");
    }

    /** A bare name is torch's, unless the file says another framework. */
    private static Optional<Optimizer> row(Lookup root, Resolution.Builder to) {
        String name = String.valueOf(to.text("optimizer"));
        if (root.has("opt_name")) {
            return Registry.find("keras", name.toLowerCase(Locale.ROOT));
        }
        Found<String> framework = root.text("framework", "backend");
        if (framework == null && BARE.contains(name)) {
            to.put("optimizer", null, new Origin.Unresolved("'" + name + "' in " + SCRIPTS));
            return Optional.empty();
        }
        return framework == null || "torch".equals(framework.value()) || "pytorch".equals(framework.value())
                ? OptimizerFlags.applied(
                        TorchClass.row(to.text("optimizer"), root.flag("decoupled_weight_decay")), root)
                : Registry.find(Registry.key(String.valueOf(framework.value())), name.toLowerCase(Locale.ROOT));
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Resolution.Builder to = new Resolution.Builder(Defaults.none());
        to.known("optimizer", root.text("optimizer", "optim", "optimizer_name", "opt_name", "opt"), SCRIPTS)
                .known(
                        "learningRate",
                        root.number("lr", "learning_rate", "base_lr", "opt_learning_rate"),
                        "the learning rate")
                .known("weightDecay", root.number("weight_decay", "wd", "opt_weight_decay"), "the weight decay")
                .optional("momentum", root.number("momentum"))
                .betas(root.pair("betas"))
                .optional("beta1", root.number("beta1", "adam_beta1"))
                .optional("beta2", root.number("beta2", "adam_beta2"))
                .known(
                        "microBatchSize",
                        root.number("batch_size", "b", "train_batch_size", "per_device_train_batch_size"),
                        "batch_size");
        batch(root, sources, to);
        to.datasetSize(sources);
        Found<Double> steps = root.number("max_steps", "total_steps", "num_steps", "max_iters");
        boolean counted = steps != null && steps.value() != null && steps.value() > 0;
        boolean bounded = root.numberOr(0, "max_epochs", "num_epochs", "epochs") > 0;
        to.optional("steps", counted ? steps : null)
                .optional("epochs", counted || !bounded ? null : root.number("max_epochs", "num_epochs", "epochs"));
        return ResolvedConfig.of(
                id(),
                to,
                row(root, to),
                resolution -> null,
                new Context(false, false, false, to.build().given("weightDecay"), false),
                List.of());
    }

    private static void batch(Lookup root, Sources sources, Resolution.Builder to) {
        Found<Double> whole = root.number(WHOLE_BATCH);
        if (whole != null) {
            to.known("batchSize", whole, "");
            return;
        }
        Found<Double> accumulation = root.number(ACCUMULATION);
        if (accumulation != null) {
            to.known("accumulation", accumulation, "");
        } else if (root.root().entries().keySet().stream().anyMatch(key -> key.contains("accum"))) {
            to.put("accumulation", null, new Origin.Unresolved("what the script's names for accumulation mean"));
        } else {
            to.put("accumulation", 1.0, new Origin.DefaultOf("a script without accumulation"));
        }
        EffectiveBatch.replicas(to, sources, root.number("world_size"), 1);
        EffectiveBatch.product(to);
        Double replicas = to.number("replicas");
        if (replicas != null && replicas > 1) {
            to.put("batchSize", null, new Origin.Unresolved("whether the script's batch is a device's or the whole"));
        }
    }
}
