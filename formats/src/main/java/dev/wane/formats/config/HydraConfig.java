package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.formats.tree.Node;
import dev.wane.framework.Optimizer;
import dev.wane.lint.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hydra's configurations that build an optimizer by its {@code _target_}: those of the Lightning template, and detectron2's
 * lazy ones. Keys beside it are the arguments of the class.
 */
final class HydraConfig implements ConfigFormat {
    private static final List<String> PLACES = List.of("model.optimizer", "module.optimizer", "optimizer", "optim");

    @Override
    public String id() {
        return "hydra";
    }

    @Override
    public boolean recognises(Lookup root) {
        return optimizer(root).isPresent();
    }

    private static Optional<Lookup> optimizer(Lookup root) {
        return PLACES.stream()
                .map(root::section)
                .flatMap(Optional::stream)
                .filter(section -> section.has("_target_"))
                .filter(section -> !section.textOr("", "_target_").contains("scheduler"))
                .findFirst();
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Resolution.Builder to = new Resolution.Builder(Defaults.of("lightning", sources));
        Optional<Optimizer> row =
                ClassPath.optimizer(asClassPath(optimizer(root).orElseThrow()), to, "");
        batch(root, sources, to);
        to.datasetSize(sources);
        length(root, to);
        boolean fineTuning = root.has("ckpt_path", "model.pretrained", "model.net.pretrained", "train.init_checkpoint");
        return ResolvedConfig.of(
                id(),
                to,
                row,
                resolution -> null,
                new Context(fineTuning, false, false, to.build().given("weightDecay"), false),
                List.of());
    }

    /** The same as jsonargparse writes it. */
    private static Lookup asClassPath(Lookup optimizer) {
        Map<String, Node.Entry> path = new LinkedHashMap<>();
        Node.Entry target = new Node.Entry(
                optimizer.root().position(),
                optimizer.find("_target_").orElseThrow().value());
        path.put("class_path", target);
        path.put("init_args", new Node.Entry(optimizer.root().position(), optimizer.root()));
        Node.Mapping section = new Node.Mapping(optimizer.root().position(), path);
        return optimizer.empty().with("optimizer", section);
    }

    /** detectron2's is of all devices; a data module of one's own may divide its batch, or not. */
    private static void batch(Lookup root, Sources sources, Resolution.Builder to) {
        Found<Double> whole = root.number("dataloader.train.total_batch_size");
        if (whole != null) {
            to.known("batchSize", whole, "");
            return;
        }
        to.known(
                        "microBatchSize",
                        root.number(
                                "data.batch_size", "datamodule.batch_size", "batch_size", "data.init_args.batch_size"),
                        "the data module's batch size")
                .number("accumulation", root, "trainer.accumulate_grad_batches");
        EffectiveBatch.replicas(to, sources, devices(root), 1);
        EffectiveBatch.product(to);
        Double replicas = to.number("replicas");
        if (replicas != null && replicas > 1) {
            to.put(
                    "batchSize",
                    null,
                    new Origin.Unresolved("whether the data module's batch is a device's or the whole: the Lightning"
                            + " template divides it, others do not"));
        }
    }

    private static @Nullable Found<Double> devices(Lookup root) {
        Found<Double> devices = root.number("trainer.devices");
        Found<Double> nodes = root.number("trainer.num_nodes");
        return devices == null || devices.value() == null || devices.value() < 1
                ? null
                : new Found<>(
                        devices.value() * (nodes == null || nodes.value() == null ? 1 : nodes.value()),
                        devices.origin());
    }

    private static void length(Lookup root, Resolution.Builder to) {
        if (root.has("train.max_iter")) {
            to.known("steps", root.number("train.max_iter"), "train.max_iter");
        } else if (root.has(
                "trainer.max_steps", "trainer.max_epochs", "max_steps", "max_epochs", "trainer.fast_dev_run")) {
            LightningLength.resolve(root, to);
        } else {
            to.known("epochs", null, "trainer.max_epochs");
        }
    }
}
