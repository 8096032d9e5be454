package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.lint.Severity;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import dev.wane.schedule.UnderWarmup;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** detectron2's YAML, with its defaults for what the file leaves out. Its batch is of all devices; norms are not decayed. */
final class DetectronConfig implements ConfigFormat {
    private static final Set<String> OWN = Set.of(
            "AMP",
            "BASE_LR",
            "BASE_LR_END",
            "BIAS_LR_FACTOR",
            "CHECKPOINT_PERIOD",
            "CLIP_GRADIENTS",
            "GAMMA",
            "IMS_PER_BATCH",
            "LR_SCHEDULER_NAME",
            "MAX_ITER",
            "MOMENTUM",
            "NESTEROV",
            "NUM_DECAYS",
            "OPTIMIZER",
            "REFERENCE_WORLD_SIZE",
            "RESCALE_INTERVAL",
            "STEPS",
            "WARMUP_FACTOR",
            "WARMUP_ITERS",
            "WARMUP_METHOD",
            "WEIGHT_DECAY",
            "WEIGHT_DECAY_BIAS",
            "WEIGHT_DECAY_NORM");

    /** Networks of detectron2 itself, which trains with SGD; projects bring networks and optimizers of their own. */
    private static final Set<String> CORE =
            Set.of("GeneralizedRCNN", "ProposalNetwork", "RetinaNet", "FCOS", "SemanticSegmentor", "PanopticFPN");

    /** Keys of its forerunners, whose defaults are others. */
    private static final String[] BEFORE = {"MODEL.WEIGHT", "DATALOADER.SIZE_DIVISIBILITY", "NUM_GPUS", "MODEL.TYPE"};

    @Override
    public String id() {
        return "detectron2";
    }

    @Override
    public boolean recognises(Lookup root) {
        return !root.has("optim", "crops", "student")
                && !root.has(
                        "SOLVER.LR",
                        "SOLVER.TYPE",
                        "SOLVER.EPOCHS",
                        "SOLVER.MAX_NUM_EPOCHS",
                        "SOLVER.BATCH_SIZE_TOTAL",
                        "SOLVER.OPTIMIZER.BASE_LR")
                && !root.has(
                        "SOLVER.MAX_EPOCH",
                        "SOLVER.MAX_EPOCHS",
                        "SOLVER.OPTIMIZING_METHOD",
                        "SOLVER.OPTIMIZER_NAME",
                        "SOLVER.OPT",
                        "SOLVER.LR_POLICY")
                && (solver(root)
                        || (root.section("MODEL").isPresent()
                                && root.has("_BASE_", "DATASETS.TRAIN", "MODEL.META_ARCHITECTURE")));
    }

    /** Other programs have a section of that name too, with keys of their own. */
    private static boolean solver(Lookup root) {
        Set<String> keys = root.section("SOLVER")
                .map(section -> section.root().entries().keySet())
                .orElse(Set.of());
        boolean counted = keys.contains("IMS_PER_BATCH") && (keys.contains("BASE_LR") || keys.contains("MAX_ITER"));
        return !keys.isEmpty() && (counted || OWN.containsAll(keys));
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Resolution.Builder to = new Resolution.Builder(Defaults.of(id(), sources));
        boolean based = root.has("_BASE_") || root.has(BEFORE);
        String network = root.textOr("", "MODEL.META_ARCHITECTURE");
        boolean ofAProject = based ? !CORE.contains(network) : !network.isEmpty() && !CORE.contains(network);
        if (ofAProject && !root.has("SOLVER.OPTIMIZER")) {
            to.put("optimizer", null, new Origin.Unresolved("its base file: a project may set SOLVER.OPTIMIZER there"));
        } else {
            to.text("optimizer", root, "SOLVER.OPTIMIZER");
        }
        String name = String.valueOf(to.text("optimizer")).toLowerCase(Locale.ROOT);
        quantity(to, "learningRate", root, based, "SOLVER.BASE_LR");
        quantity(to, "weightDecay", root, based, "SOLVER.WEIGHT_DECAY");
        to.number("momentum", root, "SOLVER.MOMENTUM");
        to.text("nesterov", root, "SOLVER.NESTEROV");
        quantity(to, "batchSize", root, based, "SOLVER.IMS_PER_BATCH");
        to.datasetSize(sources);
        quantity(to, "steps", root, based, "SOLVER.MAX_ITER");
        double scale = scale(root, sources);
        scaled(to, "learningRate", scale);
        scaled(to, "batchSize", scale);
        scaled(to, "steps", 1 / scale);
        Found<Double> norm = root.number("SOLVER.WEIGHT_DECAY_NORM");
        Double decay = to.number("weightDecay");
        boolean decayed = norm != null && norm.value() != null && norm.value() > 0 && decay != null;
        return ResolvedConfig.of(
                id(),
                to,
                Registry.find("torch", name),
                resolution -> schedule(root, resolution, based, scale),
                new Context(root.has("MODEL.WEIGHTS"), false, false, true, false),
                decayed
                        ? List.of(DecayedVectors.of(
                                Severity.INFO, "WEIGHT_DECAY_NORM decays norm gains", "detectron2/solver/build.py"))
                        : List.of());
    }

    /** Rate, batch and steps are written for so many workers; with others they are scaled. NaN where those are unknown. */
    private static double scale(Lookup root, Sources sources) {
        Found<Double> reference = root.number("SOLVER.REFERENCE_WORLD_SIZE");
        if (reference == null || reference.value() == null || reference.value() == 0) {
            return 1;
        }
        return sources.worldSize() == null ? Double.NaN : sources.worldSize() / reference.value();
    }

    private static void scaled(Resolution.Builder to, String name, double scale) {
        Double written = to.number(name);
        if (Double.isNaN(scale)) {
            to.put(name, null, new Origin.Unresolved("--world-size N: it is scaled from REFERENCE_WORLD_SIZE"));
        } else if (scale != 1 && written != null) {
            boolean counted = !name.equals("learningRate");
            to.put(
                    name,
                    counted ? Math.rint(written * scale) : written * scale,
                    new Origin.Computed(to.build().origin(name).text() + ", scaled from REFERENCE_WORLD_SIZE"));
        }
    }

    /** A base file that is not there may say something else than the program's default. */
    private static void quantity(Resolution.Builder to, String name, Lookup root, boolean based, String key) {
        if (based && !root.has(key)) {
            to.put(name, null, new Origin.Unresolved("its base file: " + key));
        } else {
            to.number(name, root, key);
        }
    }

    private static @Nullable Schedule schedule(Lookup root, Resolution resolution, boolean based, double scale) {
        if ((based && !root.has("SOLVER.WARMUP_ITERS"))
                || !root.textOr("linear", "SOLVER.WARMUP_METHOD").equals("linear")) {
            return null;
        }
        Found<String> name = root.text("SOLVER.LR_SCHEDULER_NAME");
        long warmup = (long) (or(root, "SOLVER.WARMUP_ITERS", 1000) / scale);
        if (name != null && "WarmupCosineLR".equals(name.value())) {
            double peak = or(root, "SOLVER.BASE_LR", 0.001);
            double end = or(root, "SOLVER.BASE_LR_END", 0);
            return UnderWarmup.schedule(new Cosine(peak > 0 ? Math.min(1, end / peak) : 0), warmup);
        }
        boolean stepped = name == null || "WarmupMultiStepLR".equals(name.value());
        if (!stepped || (based && !root.has("SOLVER.STEPS")) || resolution.number("steps") == null) {
            return null;
        }
        List<Double> at = root.has("SOLVER.STEPS")
                ? Lookup.numbers(
                        root.find("SOLVER.STEPS").map(Lookup.Entry::value).orElse(null))
                : List.of(30_000.0);
        ScheduleShape shape = at.isEmpty()
                ? new Constant()
                : StepDecay.of(
                        at.stream().map(step -> (long) (step / scale)).toList(), or(root, "SOLVER.GAMMA", 0.1), warmup);
        return shape == null ? null : new Schedule(shape, warmup);
    }

    private static double or(Lookup root, String key, double fallback) {
        Found<Double> written = root.number(key);
        return written == null || written.value() == null ? fallback : Math.max(0, written.value());
    }
}
