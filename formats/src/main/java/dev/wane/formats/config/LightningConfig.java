package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.formats.tree.Node;
import dev.wane.framework.Optimizer;
import dev.wane.lint.Context;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The YAML of Lightning's command line: {@code trainer}, {@code optimizer.class_path}, {@code lr_scheduler.class_path}. */
final class LightningConfig implements ConfigFormat {
    @Override
    public String id() {
        return "lightning";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.has("optimizer.class_path", "model.init_args.optimizer.class_path")
                && root.has(
                        "trainer.max_epochs",
                        "trainer.max_steps",
                        "trainer.accumulate_grad_batches",
                        "trainer.devices",
                        "trainer");
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup written = new Lookup(sources.main());
        Lookup root = written.has("optimizer.class_path")
                ? written
                : written.with(
                        "optimizer",
                        written.find("model.init_args.optimizer").orElseThrow().value());
        Resolution.Builder to = new Resolution.Builder(Defaults.of(id(), sources));
        Optional<Optimizer> row = ClassPath.optimizer(root, to, "");
        if (root.textOr("", "lr_scheduler.class_path").endsWith(".OneCycleLR")) {
            to.known("learningRate", root.number("lr_scheduler.init_args.max_lr"), "lr_scheduler.init_args.max_lr");
        }
        to.known(
                        "microBatchSize",
                        root.number("data.init_args.batch_size", "data.batch_size", "data.init_args.train_batch_size"),
                        "the data module's batch size")
                .number("accumulation", root, "trainer.accumulate_grad_batches");
        if (root.find("trainer.callbacks")
                .filter(entry -> entry.value().toString().contains("GradientAccumulationScheduler"))
                .isPresent()) {
            to.put("accumulation", null, new Origin.Unresolved("GradientAccumulationScheduler changes it in the run"));
        }
        EffectiveBatch.replicas(
                to,
                sources,
                devices(root),
                ModelParallel.degree(root, "trainer.strategy.init_args.tensor_parallel_size"));
        EffectiveBatch.product(to);
        to.datasetSize(sources);
        LightningLength.resolve(root, to);
        boolean fineTuning = root.has("model.init_args.pretrained", "model.init_args.checkpoint_path", "ckpt_path");
        return ResolvedConfig.of(
                id(),
                to,
                row,
                resolution -> schedule(root, resolution),
                new Context(fineTuning, false, false, to.build().given("weightDecay"), false),
                List.of());
    }

    /** A list names the devices, a number counts them. */
    private static @Nullable Found<Double> count(Lookup root) {
        return root.find("trainer.devices")
                .map(entry -> entry.value() instanceof Node.Sequence list
                        ? new Found<>(
                                Double.valueOf(list.items().size()),
                                Found.at(entry.value().position(), entry.key()))
                        : root.number("trainer.devices"))
                .orElse(null);
    }

    private static @Nullable Found<Double> devices(Lookup root) {
        Found<Double> devices = count(root);
        Found<Double> nodes = root.number("trainer.num_nodes");
        if (devices == null || devices.value() == null || devices.value() < 1) {
            return null;
        }
        double all = devices.value() * (nodes == null || nodes.value() == null ? 1 : nodes.value());
        return new Found<>(all, devices.origin());
    }

    /** Its period counts epochs; a shorter one rises again. */
    private static boolean wholeRun(Lookup root, Resolution resolution) {
        Double epochs = resolution.number("epochs");
        return epochs != null && root.numberOr(Double.NaN, "lr_scheduler.init_args.T_max") == epochs;
    }

    private static @Nullable Schedule schedule(Lookup root, Resolution resolution) {
        Found<String> path = root.text("lr_scheduler.class_path");
        if (path == null) {
            return root.has("lr_scheduler") ? null : new Schedule(new Constant(), 0);
        }
        String name = String.valueOf(path.value());
        ScheduleShape shape = switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "CosineAnnealingLR" ->
                wholeRun(root, resolution)
                        ? new Cosine(ScheduleResolver.floor(
                                root.number("lr_scheduler.init_args.eta_min"), resolution.number("learningRate")))
                        : null;
            default -> null;
        };
        return shape == null ? null : new Schedule(shape, 0);
    }
}
