package dev.wane.formats.config;

import dev.wane.formats.tree.Node;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import dev.wane.schedule.UnderWarmup;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** timm's schedules, in epochs: a cosine with a cool-down behind it, or steps. */
final class TimmSchedule {
    /** Those that ask for a cycle's length, of which the run is made. */
    private static final Set<String> CYCLIC = Set.of("cosine", "tanh", "poly");

    private final Lookup root;
    private final Defaults defaults;

    private TimmSchedule(Lookup root, Defaults defaults) {
        this.root = root;
        this.defaults = defaults;
    }

    /** Epochs of the schedule, of its cool-down, and of a warm-up that comes before it. */
    static void epochs(Lookup root, Resolution.Builder to) {
        to.number("epochs", root, "epochs");
        new TimmSchedule(root, to.defaults()).lengthen(to);
    }

    private void lengthen(Resolution.Builder to) {
        Double written = to.number("epochs");
        double prefix = CYCLIC.contains(sched()) && root.flag("warmup_prefix") ? warmupEpochs() : 0;
        if (written != null && cooldown() + prefix > 0) {
            String formula = to.build().origin("epochs").text()
                    + (cooldown() > 0 ? " + cooldown_epochs" : "")
                    + (prefix > 0 ? " + warmup_epochs" : "");
            to.put("epochs", written + cooldown() + prefix, new Origin.Computed(formula));
        }
    }

    /** Null for one that is not followed, or whose steps are not known. */
    static @Nullable Schedule of(Lookup root, Resolution resolution, Defaults defaults) {
        return new TimmSchedule(root, defaults).schedule(resolution);
    }

    private @Nullable Schedule schedule(Resolution resolution) {
        if (sched().equals("none")) {
            return new Schedule(new Constant(), 0);
        }
        double perEpoch = ScheduleResolver.stepsPerEpoch(resolution);
        if (root.has("lr_noise") || (perEpoch == 0 && warmupEpochs() > 0)) {
            return null;
        }
        long warmup = (long) (warmupEpochs() * perEpoch);
        ScheduleShape shape = shape(resolution, perEpoch, warmup);
        if (shape == null) {
            return null;
        }
        Double epochs = resolution.number("epochs");
        Schedule schedule = shape instanceof Cosine && !root.flag("warmup_prefix")
                ? UnderWarmup.schedule(shape, warmup)
                : new Schedule(shape, warmup);
        return epochs == null || !(shape instanceof Cosine) || cooldown() == 0 || perEpoch == 0
                ? schedule
                : ScheduleResolver.until(schedule, (epochs - cooldown()) * perEpoch, (long) (epochs * perEpoch));
    }

    private @Nullable ScheduleShape shape(Resolution resolution, double perEpoch, long warmup) {
        return switch (sched()) {
            case "cosine" -> oneCycle() ? new Cosine(floor(resolution)) : null;
            case "step" -> steps(resolution, perEpoch, warmup);
            default -> null;
        };
    }

    /** {@code none} is a name here, which YAML's readers take for nothing. */
    private String sched() {
        Node.Entry written = root.root().entries().get("sched");
        return written != null
                        && written.value() instanceof Node.Scalar scalar
                        && !scalar.text().isEmpty()
                ? scalar.text()
                : String.valueOf(defaults.quantity("schedule").value());
    }

    private double floor(Resolution resolution) {
        Double peak = resolution.number("learningRate");
        return peak == null || !(peak > 0) ? 0 : Math.min(1, Math.max(0, or("floorRate", "min_lr") / peak));
    }

    private boolean oneCycle() {
        return root.numberOr(1, "lr_cycle_limit") == 1 && root.numberOr(1, "lr_k_decay") == 1;
    }

    private @Nullable ScheduleShape steps(Resolution resolution, double perEpoch, long warmup) {
        Double epochs = resolution.number("epochs");
        double every = or("decayEpochs", "decay_epochs");
        if (epochs == null || perEpoch == 0 || !(every >= 1)) {
            return null;
        }
        List<Long> at = new ArrayList<>();
        double prefix = root.flag("warmup_prefix") ? warmupEpochs() : 0;
        for (double epoch = every + prefix; epoch < epochs; epoch += every) {
            at.add((long) (epoch * perEpoch));
        }
        return at.isEmpty() ? new Constant() : StepDecay.of(at, or("decayRate", "decay_rate"), warmup);
    }

    /** The others end with their epochs. */
    private double cooldown() {
        return CYCLIC.contains(sched()) ? Math.max(0, or("cooldownEpochs", "cooldown_epochs")) : 0;
    }

    private double warmupEpochs() {
        return Math.max(0, or("warmupEpochs", "warmup_epochs"));
    }

    private double or(String quantity, String key) {
        return root.numberOr(defaults.number(quantity), key);
    }
}
