package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.lint.Severity;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** detectron2's YAML, with its defaults for what the file leaves out. Its batch is of all devices; norms are not decayed. */
final class DetectronConfig implements ConfigFormat {
    private static final String PROGRAM = "detectron2";

    @Override
    public String id() {
        return "detectron2";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.section("SOLVER").isPresent()
                || (root.section("MODEL").isPresent()
                        && root.has("_BASE_", "DATASETS.TRAIN", "MODEL.META_ARCHITECTURE"));
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Resolution.Builder to = new Resolution.Builder();
        boolean based = root.has("_BASE_");
        to.text("optimizer", root, PROGRAM, "sgd", "SOLVER.OPTIMIZER");
        String name = String.valueOf(to.text("optimizer")).toLowerCase(Locale.ROOT);
        quantity(to, "learningRate", root, based, 0.001, "SOLVER.BASE_LR");
        quantity(to, "weightDecay", root, based, 1e-4, "SOLVER.WEIGHT_DECAY");
        to.number("momentum", root, PROGRAM, 0.9, "SOLVER.MOMENTUM");
        to.text("nesterov", root, PROGRAM, "false", "SOLVER.NESTEROV");
        quantity(to, "batchSize", root, based, 16, "SOLVER.IMS_PER_BATCH");
        to.datasetSize(sources);
        quantity(to, "steps", root, based, 40_000, "SOLVER.MAX_ITER");
        Found<Double> norm = root.number("SOLVER.WEIGHT_DECAY_NORM");
        Double decay = to.number("weightDecay");
        boolean decayed = norm != null && norm.value() != null && norm.value() > 0 && decay != null;
        return ResolvedConfig.of(
                id(),
                to,
                Registry.find("torch", name),
                resolution -> schedule(root, resolution, based),
                new Context(root.has("MODEL.WEIGHTS"), false, false, true, false),
                decayed
                        ? List.of(DecayedVectors.of(
                                Severity.INFO, "WEIGHT_DECAY_NORM decays norm gains", "detectron2/solver/build.py"))
                        : List.of());
    }

    /** A base file that is not there may say something else than the program's default. */
    private static void quantity(
            Resolution.Builder to, String name, Lookup root, boolean based, double fallback, String key) {
        if (based && !root.has(key)) {
            to.put(name, null, new Origin.Unresolved("its base file: " + key));
        } else {
            to.number(name, root, PROGRAM, fallback, key);
        }
    }

    private static @Nullable Schedule schedule(Lookup root, Resolution resolution, boolean based) {
        Found<String> name = root.text("SOLVER.LR_SCHEDULER_NAME");
        Found<Double> written = root.number("SOLVER.WARMUP_ITERS");
        long warmup = written == null || written.value() == null
                ? 1000
                : Math.max(0, written.value().longValue());
        if (name != null && "WarmupCosineLR".equals(name.value())) {
            return new Schedule(new Cosine(0), warmup);
        }
        boolean stepped = name == null || "WarmupMultiStepLR".equals(name.value());
        List<Double> steps = Lookup.numbers(
                root.find("SOLVER.STEPS").map(Lookup.Entry::value).orElse(null));
        if (!stepped || (based && steps.isEmpty()) || resolution.number("steps") == null) {
            return null;
        }
        Found<Double> gamma = root.number("SOLVER.GAMMA");
        List<Double> at = root.has("SOLVER.STEPS") ? steps : List.of(30_000.0);
        ScheduleShape shape = at.isEmpty()
                ? new Constant()
                : StepDecay.of(
                        at.stream().map(Double::longValue).toList(),
                        gamma == null || gamma.value() == null ? 0.1 : gamma.value(),
                        warmup);
        return shape == null ? null : new Schedule(shape, warmup);
    }
}
