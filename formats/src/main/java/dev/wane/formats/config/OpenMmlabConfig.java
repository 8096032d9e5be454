package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.formats.tree.Node;
import dev.wane.framework.Optimizer;
import dev.wane.lint.Context;
import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import java.util.List;
import java.util.Locale;
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
        to.known("learningRate", MmSchedule.peak(root, optimizer.number("lr")), "its base file: optimizer.lr");
        if (MmSchedule.rises(root, to.number("learningRate"))) {
            to.put("learningRate", null, new Origin.Unresolved("its schedule rises above lr"));
        }
        double usual = row.map(Optimizer::defaultWeightDecay).orElse(0.0);
        boolean inherited = (root.has("_base_") && !optimizer.flag("_delete_")) || changed(root);
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
        if (optimizerScales(wrapper)) {
            scaled(optimizer, to);
        }
        dataset(root, sources, to);
        length(root, to);
        boolean fineTuning =
                root.has("load_from") || root.textOr("", "model.init_cfg.type").equals("Pretrained");
        return ResolvedConfig.of(
                id(),
                to,
                row,
                resolution -> MmSchedule.of(root, resolution),
                new Context(fineTuning, false, false, to.build().given("weightDecay"), false),
                findings(root, wrapper));
    }

    private static boolean optimizerScales(Lookup wrapper) {
        return wrapper.textOr("", "constructor").matches("YOLOv5OptimizerConstructor|YOLOv7OptimWrapperConstructor");
    }

    /** MMYOLO's: λ for a batch of 64, gradients accumulated towards it. */
    private static void scaled(Lookup optimizer, Resolution.Builder to) {
        Double weightDecay = to.number("weightDecay");
        Double replicas = to.number("replicas");
        double micro = optimizer.numberOr(Double.NaN, "batch_size_per_gpu");
        if (weightDecay == null || Double.isNaN(micro)) {
            return;
        }
        double whole = micro * (replicas == null ? Double.NaN : replicas);
        double times = whole * Math.max(1, Math.rint(64 / whole)) / 64;
        to.put(
                "weightDecay",
                Double.isNaN(times) ? null : Double.valueOf(weightDecay * times),
                Double.isNaN(times)
                        ? new Origin.Unresolved("--world-size N: the constructor multiplies it by the batch over 64")
                        : new Origin.Computed(
                                "weight_decay · batch · accumulation / 64, by the optimizer's constructor"));
    }

    /** A file with a schedule alone has the batch that it says its learning rate is for. */
    private static void batch(Lookup root, Lookup wrapper, Sources sources, Resolution.Builder to) {
        Found<Double> base = root.number("auto_scale_lr.base_batch_size");
        to.known(
                        "microBatchSize",
                        root.number(
                                "train_dataloader.batch_size",
                                "data.train_dataloader.samples_per_gpu",
                                "data.samples_per_gpu",
                                "data.imgs_per_gpu"),
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
        boolean scheduleAlone =
                to.number("microBatchSize") == null && !to.build().given("microBatchSize") && !root.has("_base_");
        if (sources.worldSize() == null && base != null && base.value() != null && scheduleAlone) {
            to.known("batchSize", base, "");
            return;
        }
        Found<Double> named = named(sources, to);
        EffectiveBatch.replicas(to, sources, named == null ? devices(root) : named, 1);
        EffectiveBatch.product(to);
        if (to.number("batchSize") == null && base != null && base.value() != null) {
            to.put(
                    "batchSize",
                    null,
                    new Origin.Unresolved(
                            "--world-size N (devices of the whole run); auto_scale_lr says that lr is meant"
                                    + " for a batch of " + base.value().longValue()));
        }
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

    /** What a training script writes down: {@code gpu_ids = range(0, 4)}. */
    private static @Nullable Found<Double> devices(Lookup root) {
        return root.find("gpu_ids")
                .filter(entry -> entry.value() instanceof Node.Sequence)
                .map(entry -> new Found<>(
                        Double.valueOf(((Node.Sequence) entry.value()).items().size()),
                        Found.at(entry.value().position(), "gpu_ids")))
                .orElse(null);
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
        Found<String> type = root.text("train_dataloader.dataset.type", "data.train.type", "dataset_type");
        String name = type == null || type.value() == null ? "" : type.value();
        Double known = ownData(root, name) ? null : KnownData.size(name);
        if (sources.datasetSize() == null && known != null) {
            to.put("datasetSize", known, new Origin.DefaultOf(name));
        } else {
            to.datasetSize(sources);
        }
    }

    /** A class of a known data set may read other data, from a folder or with classes of its own. */
    private static boolean ownData(Lookup root, String name) {
        String family = name.toLowerCase(Locale.ROOT).startsWith("cifar") ? "cifar" : "imagenet";
        for (String data : List.of("train_dataloader.dataset", "data.train")) {
            String folder = root.textOr("", data + ".data_root", data + ".data_prefix");
            if (root.has(data + ".classes")
                    || (!folder.isEmpty() && !folder.toLowerCase(Locale.ROOT).contains(family))) {
                return true;
            }
        }
        return false;
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
