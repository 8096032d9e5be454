package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.formats.tree.Node;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import dev.wane.schedule.UnderWarmup;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** timm's schedules, in epochs: a cosine with a cool-down behind it, or steps. */
final class TimmSchedule {
    private TimmSchedule() {}

    /** Epochs of the schedule, of its cool-down, and of a warm-up that comes before it. */
    static void epochs(Lookup root, Resolution.Builder to, String program) {
        to.number("epochs", root, program, 300, "epochs");
        Double written = to.number("epochs");
        double prefix = root.flag("warmup_prefix") ? warmupEpochs(root) : 0;
        if (written != null && cooldown(root) + prefix > 0) {
            String formula = to.build().origin("epochs").text()
                    + (cooldown(root) > 0 ? " + cooldown_epochs" : "")
                    + (prefix > 0 ? " + warmup_epochs" : "");
            to.put("epochs", written + cooldown(root) + prefix, new Origin.Computed(formula));
        }
    }

    /** Null for one that is not followed, or whose steps are not known. */
    static @Nullable Schedule of(Lookup root, Resolution resolution) {
        if (sched(root).equals("none")) {
            return new Schedule(new Constant(), 0);
        }
        double perEpoch = ScheduleResolver.stepsPerEpoch(resolution);
        if (root.has("lr_noise") || (perEpoch == 0 && warmupEpochs(root) > 0)) {
            return null;
        }
        long warmup = (long) (warmupEpochs(root) * perEpoch);
        ScheduleShape shape = shape(root, resolution, perEpoch, warmup);
        if (shape == null) {
            return null;
        }
        Double epochs = resolution.number("epochs");
        Schedule schedule = shape instanceof Cosine && !root.flag("warmup_prefix")
                ? UnderWarmup.schedule(shape, warmup)
                : new Schedule(shape, warmup);
        return epochs == null || !(shape instanceof Cosine) || cooldown(root) == 0 || perEpoch == 0
                ? schedule
                : ScheduleResolver.until(schedule, (epochs - cooldown(root)) * perEpoch, (long) (epochs * perEpoch));
    }

    private static @Nullable ScheduleShape shape(Lookup root, Resolution resolution, double perEpoch, long warmup) {
        return switch (sched(root)) {
            case "cosine" -> oneCycle(root) ? new Cosine(floor(root, resolution)) : null;
            case "step" -> steps(root, resolution, perEpoch, warmup);
            default -> null;
        };
    }

    /** {@code none} is a name here, which YAML's readers take for nothing. */
    private static String sched(Lookup root) {
        Node.Entry written = root.root().entries().get("sched");
        return written != null
                        && written.value() instanceof Node.Scalar scalar
                        && !scalar.text().isEmpty()
                ? scalar.text()
                : "cosine";
    }

    private static double floor(Lookup root, Resolution resolution) {
        return ScheduleResolver.floor(root.number("min_lr"), resolution.number("learningRate"));
    }

    private static boolean oneCycle(Lookup root) {
        return or(root, "lr_cycle_limit", 1) == 1 && or(root, "lr_k_decay", 1) == 1;
    }

    private static @Nullable ScheduleShape steps(Lookup root, Resolution resolution, double perEpoch, long warmup) {
        Double epochs = resolution.number("epochs");
        double every = or(root, "decay_epochs", 90);
        if (epochs == null || perEpoch == 0 || !(every >= 1)) {
            return null;
        }
        List<Long> at = new ArrayList<>();
        double prefix = root.flag("warmup_prefix") ? warmupEpochs(root) : 0;
        for (double epoch = every + prefix; epoch < epochs; epoch += every) {
            at.add((long) (epoch * perEpoch));
        }
        return at.isEmpty() ? new Constant() : StepDecay.of(at, or(root, "decay_rate", 0.1), warmup);
    }

    /** Only cyclic schedules have one. */
    private static double cooldown(Lookup root) {
        return sched(root).equals("cosine") ? Math.max(0, or(root, "cooldown_epochs", 0)) : 0;
    }

    private static double warmupEpochs(Lookup root) {
        return Math.max(0, or(root, "warmup_epochs", 5));
    }

    private static double or(Lookup root, String key, double fallback) {
        Found<Double> written = root.number(key);
        return written == null || written.value() == null ? fallback : written.value();
    }
}
