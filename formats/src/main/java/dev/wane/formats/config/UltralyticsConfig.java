package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.formats.tree.Node;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Linear;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.UnderWarmup;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ultralytics' {@code args.yaml}. Its batch is of all devices, and λ is multiplied by batch · accumulation / nbs. */
final class UltralyticsConfig implements ConfigFormat {
    /** Batches, however many make a step. */
    private static final int LEAST_WARMUP = 100;

    private static final double NOMINAL = 64;

    @Override
    public String id() {
        return "ultralytics";
    }

    @Override
    public boolean recognises(Lookup root) {
        return (root.has("lr0") && root.has("lrf", "nbs", "warmup_bias_lr", "imgsz"))
                || options(root)
                || root.textOr("", "$command").matches("(.*/)?yolo\\s.*");
    }

    /** YOLOv5's {@code opt.yaml}: the arguments of its script, its hyperparameters inside or in another file. */
    private static boolean options(Lookup root) {
        return root.has("hyp") && root.has("batch_size") && root.has("imgsz", "img_size", "weights", "cfg");
    }

    private static Lookup flat(Lookup root, Sources sources) {
        Lookup flat = root;
        Optional<Lookup> hyperparameters = root.section("hyp").or(() -> sources.beside(other -> other.has("lr0")));
        for (Map.Entry<String, Node.Entry> entry : hyperparameters
                .map(found -> found.root().entries())
                .orElse(Map.of())
                .entrySet()) {
            flat = flat.has(entry.getKey())
                    ? flat
                    : flat.with(entry.getKey(), entry.getValue().value());
        }
        return flat;
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        boolean options = options(new Lookup(sources.main()));
        Lookup root = flat(new Lookup(sources.main()), sources);
        boolean hyperparameters = !root.has("optimizer") && root.has("anchor_t", "obj_pw", "iou_t", "fl_gamma");
        Resolution.Builder to =
                new Resolution.Builder(Defaults.of(hyperparameters || options ? "yolov5" : "ultralytics", sources));
        to.text("optimizer", root, "optimizer");
        boolean automatic = "auto".equalsIgnoreCase(to.text("optimizer"));
        if (hyperparameters) {
            to.put("batchSize", null, new Origin.Unresolved("--batch-size of YOLOv5's train.py"))
                    .put("epochs", null, new Origin.Unresolved("--epochs of YOLOv5's train.py"))
                    .datasetSize(sources);
        } else {
            batch(root, to);
            to.datasetSize(sources).number("epochs", root, "epochs");
            if (root.numberOr(0, "time") > 0) {
                to.put("epochs", null, new Origin.Unresolved("time bounds the run"));
            }
        }
        if (options && !root.has("lr0")) {
            to.put(
                            "learningRate",
                            null,
                            new Origin.Unresolved(
                                    "lr0 in the file that hyp names: --with " + root.textOr("FILE", "hyp")))
                    .put("weightDecay", null, new Origin.Unresolved("weight_decay in the file that hyp names"));
        } else {
            to.number("learningRate", root, "lr0");
            weightDecay(root, to);
        }
        to.number("momentum", root, "momentum");
        if (automatic) {
            UltralyticsAuto.choose(to, nominal(root));
        }
        String name = String.valueOf(to.text("optimizer")).toLowerCase(Locale.ROOT);
        to.optional("beta1", name.contains("adam") ? momentum(to) : null);
        if (name.equals("sgd")) {
            to.byDefault("nesterov");
        }
        return ResolvedConfig.of(
                id(),
                to,
                row(name),
                resolution -> schedule(root, resolution, to.defaults()),
                new Context(fineTuning(root), false, false, to.build().given("weightDecay"), false),
                automatic && root.has("lr0") ? List.of(ignored()) : List.of());
    }

    private static @Nullable Found<Double> momentum(Resolution.Builder to) {
        Quantity momentum = to.build().quantity("momentum");
        return momentum == null ? null : new Found<>((Double) momentum.value(), momentum.origin());
    }

    /** Gradients are accumulated towards the nominal batch of 64. */
    private static void batch(Lookup root, Resolution.Builder to) {
        Found<Double> written = root.number("batch", "batch_size");
        if (written != null && (written.value() == null || written.value() < 1)) {
            to.put(
                    "batchSize",
                    null,
                    new Origin.Unresolved("batch: -1 is found at run time; write the number that it found"));
            return;
        }
        to.number("microBatchSize", root, "batch", "batch_size");
        Double batch = to.number("microBatchSize");
        double nominal = nominal(root);
        double accumulation = batch == null ? 1 : Math.max(1, Math.rint(nominal / batch));
        to.put("accumulation", accumulation, new Origin.Computed("max(round(nbs / batch), 1)"))
                .put(
                        "batchSize",
                        batch == null ? null : batch * accumulation,
                        new Origin.Computed("batch · accumulation, over all devices"));
    }

    private static double nominal(Lookup root) {
        Found<Double> written = root.number("nbs");
        return written == null || written.value() == null || written.value() < 1 ? NOMINAL : written.value();
    }

    /** The registry's factor is batch/64; another nominal batch changes λ by the rest. */
    private static void weightDecay(Lookup root, Resolution.Builder to) {
        to.number("weightDecay", root, "weight_decay");
        Double written = to.number("weightDecay");
        if (written != null && nominal(root) != NOMINAL) {
            to.put("weightDecay", written * NOMINAL / nominal(root), new Origin.Computed("weight_decay · 64 / nbs"));
        }
    }

    private static Optional<Optimizer> row(String name) {
        return Registry.find("ultralytics", name);
    }

    private static boolean fineTuning(Lookup root) {
        Found<String> model = root.text("model");
        return model != null && String.valueOf(model.value()).endsWith(".pt");
    }

    private static long warmup(double epochs, double perEpoch, Resolution resolution) {
        Double whole = resolution.number("batchSize");
        Double micro = resolution.number("microBatchSize");
        double accumulation = whole == null || micro == null ? 1 : Math.max(1, Math.rint(whole / micro));
        double batches = Math.max(Math.rint(epochs * perEpoch * accumulation), LEAST_WARMUP);
        return epochs > 0 ? (long) Math.ceil(batches / accumulation) : 0;
    }

    private static @Nullable Schedule schedule(Lookup root, Resolution resolution, Defaults defaults) {
        double epochs = root.numberOr(defaults.number("warmupEpochs"), "warmup_epochs");
        double perEpoch = ScheduleResolver.stepsPerEpoch(resolution);
        if (perEpoch == 0 && epochs > 0) {
            return null;
        }
        double floor = Math.min(1, Math.max(0, root.numberOr(defaults.number("floor"), "lrf")));
        boolean cosine = root.has("cos_lr") ? root.flag("cos_lr") : defaults.number("cosine") == 1;
        return UnderWarmup.schedule(
                cosine ? new Cosine(floor) : new Linear(floor), warmup(epochs, perEpoch, resolution));
    }

    private static Finding ignored() {
        return new Finding(
                "ignored-key",
                Severity.INFO,
                "optimizer",
                "under optimizer: auto neither lr0 nor momentum is read: SGD or AdamW is picked by the length of the run",
                "name the optimizer where lr0 is meant",
                "ultralytics/ultralytics, engine/trainer.py");
    }
}
