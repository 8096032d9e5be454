package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Optimizer;
import dev.wane.lint.Context;
import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** OpenMMLab's Python: {@code optim_wrapper} or, before, {@code optimizer}; epochs or iterations; a batch for each device. */
final class OpenMmlabConfig implements ConfigFormat {
    private static final Pattern DEVICES = Pattern.compile("_(\\d+)xb(\\d+)[^/]*$");

    @Override
    public String id() {
        return "openmmlab";
    }

    @Override
    public boolean recognises(Lookup root) {
        boolean changed =
                root.has("optim_wrapper") && root.section("optim_wrapper").isEmpty();
        return (changed || root.has("optim_wrapper.optimizer", "optimizer.type"))
                && !root.has("optimizer.params")
                && root.has(
                        "param_scheduler",
                        "train_cfg",
                        "lr_config",
                        "optimizer_config",
                        "runner",
                        "default_hooks",
                        "train_dataloader",
                        "data",
                        "optim_wrapper",
                        "_base_");
    }

    /** What a statement changes later is not known. */
    private static boolean changed(Lookup root) {
        return root.has("optim_wrapper") && root.section("optim_wrapper").isEmpty();
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Lookup wrapper = root.section("optim_wrapper").orElse(root);
        Lookup optimizer = wrapper.section("optimizer").orElse(root.empty());
        Resolution.Builder to = new Resolution.Builder(Defaults.of(id(), sources));
        to.known("optimizer", optimizer.text("type"), "its base file: optimizer.type");
        Optional<Optimizer> row = TorchClass.row(to.text("optimizer"), optimizer.flag("decoupled_weight_decay"));
        to.known("learningRate", optimizer.number("lr"), "its base file: optimizer.lr");
        double usual = row.map(Optimizer::defaultWeightDecay).orElse(0.0);
        boolean inherited = root.has("_base_") && !optimizer.flag("_delete_");
        if (inherited && !optimizer.has("weight_decay")) {
            to.put("weightDecay", null, new Origin.Unresolved("its base file: optimizer.weight_decay"));
        } else {
            to.number(
                    "weightDecay", optimizer, row.map(Object::toString).orElse("the optimizer"), usual, "weight_decay");
        }
        to.optional("momentum", optimizer.number("momentum"))
                .optional("nesterov", optimizer.text("nesterov"))
                .betas(optimizer.pair("betas"))
                .optional("eps", optimizer.number("eps"));
        batch(root, wrapper, sources, to);
        dataset(root, sources, to);
        length(root, to);
        boolean fineTuning = root.has("load_from");
        return ResolvedConfig.of(
                id(),
                to,
                row,
                resolution -> MmSchedule.of(root, resolution),
                new Context(fineTuning, false, false, to.build().given("weightDecay"), false),
                findings(root, wrapper));
    }

    /** Without the devices, the batch that the file says its learning rate is for. */
    private static void batch(Lookup root, Lookup wrapper, Sources sources, Resolution.Builder to) {
        Found<Double> base = root.number("auto_scale_lr.base_batch_size");
        to.known(
                        "microBatchSize",
                        root.number("train_dataloader.batch_size", "data.samples_per_gpu", "data.imgs_per_gpu"),
                        "train_dataloader.batch_size")
                .number(
                        "accumulation",
                        wrapper,
                        "accumulative_counts",
                        "optimizer_config.cumulative_iters",
                        "optimizer_config.update_interval");
        if (changed(root)) {
            to.put(
                    "accumulation",
                    null,
                    new Origin.Unresolved("the file changes optim_wrapper behind its first lines"));
        }
        Found<Double> strategy = root.number("strategy.gradient_accumulation_steps");
        if (strategy != null) {
            to.known("accumulation", strategy, "");
        }
        if (sources.worldSize() == null && base != null && base.value() != null && usual(to, base.value())) {
            to.known("batchSize", base, "");
            return;
        }
        EffectiveBatch.replicas(to, sources, named(sources, to), 1);
        EffectiveBatch.product(to);
        Double whole = to.number("batchSize");
        Double accumulation = to.number("accumulation");
        Double batch = whole == null || accumulation == null ? null : Double.valueOf(whole / accumulation);
        Double rate = to.number("learningRate");
        if (root.flag("auto_scale_lr.enable") && batch == null) {
            to.put("learningRate", null, new Origin.Unresolved("--world-size N: auto_scale_lr scales it by the batch"));
        }
        if (root.flag("auto_scale_lr.enable")
                && base != null
                && base.value() != null
                && batch != null
                && rate != null) {
            to.put(
                    "learningRate",
                    rate * batch / base.value(),
                    new Origin.Computed("lr · batchSize / accumulation / auto_scale_lr.base_batch_size"));
        }
    }

    /** A schedule alone, or eight devices, for which the configurations are written unless their name says otherwise. */
    private static boolean usual(Resolution.Builder to, double base) {
        Double micro = to.number("microBatchSize");
        Double accumulation = to.number("accumulation");
        return micro == null
                ? !to.build().given("microBatchSize")
                : base == 8 * micro * (accumulation == null ? 1 : accumulation);
    }

    /** {@code resnet50_8xb32_in1k.py} trains on 8 devices with 32 samples each. */
    private static @Nullable Found<Double> named(Sources sources, Resolution.Builder to) {
        Matcher name = DEVICES.matcher(sources.main().position().file());
        Double micro = to.number("microBatchSize");
        return name.find() && micro != null && micro == Double.parseDouble(name.group(2))
                ? new Found<>(
                        Double.valueOf(name.group(1)),
                        new Origin.Computed("the file's name, " + name.group(1) + "xb" + name.group(2)))
                : null;
    }

    private static void dataset(Lookup root, Sources sources, Resolution.Builder to) {
        Found<String> type = root.text("train_dataloader.dataset.type", "dataset_type", "data.train.type");
        String name = type == null || type.value() == null ? "" : type.value();
        Double known = KnownData.size(name);
        if (sources.datasetSize() == null && known != null) {
            to.put("datasetSize", known, new Origin.DefaultOf(name));
        } else {
            to.datasetSize(sources);
        }
    }

    private static void length(Lookup root, Resolution.Builder to) {
        Found<Double> epochs = root.number("train_cfg.max_epochs", "runner.max_epochs", "total_epochs");
        Found<Double> steps = root.number("train_cfg.max_iters", "runner.max_iters", "total_iters");
        if (epochs != null) {
            to.known("epochs", epochs, "");
        } else {
            Double accumulation = to.number("accumulation");
            if (steps != null && steps.value() != null && accumulation != null && accumulation > 1) {
                to.put("steps", steps.value() / accumulation, new Origin.Computed("max_iters / accumulation"));
            } else {
                to.known("steps", steps, "its base file: train_cfg");
            }
        }
    }

    private static List<Finding> findings(Lookup root, Lookup wrapper) {
        boolean grouped = wrapper.has("paramwise_cfg", "constructor")
                || root.has(
                        "paramwise_cfg",
                        "optimizer.paramwise_cfg",
                        "optimizer.paramwise_options",
                        "optimizer.constructor",
                        "_base_");
        return grouped
                ? List.of()
                : List.of(DecayedVectors.of(
                        Severity.INFO,
                        "no paramwise_cfg: norm gains and biases are decayed like matrices",
                        "open-mmlab/mmengine, DefaultOptimWrapperConstructor"));
    }
}
