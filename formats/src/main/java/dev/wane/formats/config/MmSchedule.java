package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.formats.tree.Node;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Linear;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import dev.wane.schedule.UnderWarmup;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** OpenMMLab's parameter schedulers: a linear warm-up, then steps, a cosine or a polynomial, in epochs or iterations. */
final class MmSchedule {
    private MmSchedule() {}

    /** Null where it is not understood, or counts epochs whose steps are not known. */
    static @Nullable Schedule of(Lookup root, Resolution resolution) {
        return root.has("lr_config") ? old(root, resolution) : current(root, resolution);
    }

    private static @Nullable Schedule current(Lookup root, Resolution resolution) {
        List<Lookup> parts = parts(root);
        long warmup = 0;
        boolean elsewhere =
                root.has("_base_") || root.has("param_scheduler") || root.has("default_hooks.param_scheduler");
        if (parts.isEmpty() && elsewhere) {
            return null;
        }
        ScheduleShape shape = parts.isEmpty() ? new Constant() : null;
        for (Lookup part : parts) {
            String type = type(part);
            if (type.equals("LinearLR")) {
                Double end = steps(part, "end", resolution);
                if (end == null || part.numberOr(0, "begin") > 0 || part.numberOr(1, "end_factor") != 1) {
                    return null;
                }
                warmup = end.longValue();
            } else {
                shape = shape(type, part, resolution, warmup);
                if (shape == null) {
                    return null;
                }
            }
        }
        return new Schedule(shape == null ? new Constant() : shape, warmup);
    }

    /** What one cycle rises to takes the place of the optimizer's rate. */
    static @Nullable Found<Double> peak(Lookup root, @Nullable Found<Double> written) {
        for (Lookup part : parts(root)) {
            Found<Double> most = part.number("eta_max");
            if (type(part).equals("OneCycleLR") && most != null) {
                return most;
            }
        }
        return written;
    }

    /** Whether it goes above the rate that it starts from. */
    static boolean rises(Lookup root, @Nullable Double rate) {
        Lookup old = root.section("lr_config").orElse(root.empty());
        boolean cyclic = old.textOr("", "policy").toLowerCase(Locale.ROOT).matches("cyclic|onecycle|cosinerestart")
                && !Lookup.numbers(old.find("target_ratio")
                                .map(Lookup.Entry::value)
                                .orElse(null))
                        .stream()
                        .allMatch(ratio -> ratio <= 1);
        return cyclic
                || (rate != null
                        && parts(root).stream()
                                .anyMatch(part ->
                                        type(part).equals("CosineAnnealingLR") && part.numberOr(0, "eta_min") > rate));
    }

    private static List<Lookup> parts(Lookup root) {
        Node node = root.find("param_scheduler").map(Lookup.Entry::value).orElse(null);
        List<Node> nodes = node instanceof Node.Sequence list ? list.items() : node == null ? List.of() : List.of(node);
        return nodes.stream()
                .filter(Node.Mapping.class::isInstance)
                .map(part -> new Lookup((Node.Mapping) part))
                .toList();
    }

    private static String type(Lookup part) {
        Found<String> type = part.text("type");
        return type == null ? "" : String.valueOf(type.value());
    }

    private static @Nullable ScheduleShape shape(String type, Lookup part, Resolution resolution, long warmup) {
        Double peak = resolution.number("learningRate");
        return switch (type) {
            case "CosineAnnealingLR" -> late(part, resolution, warmup) ? null : new Cosine(least(part, peak));
            case "PolyLR" ->
                late(part, resolution, warmup)
                        ? null
                        : PowerDecay.of(power(part), least(part, peak), resolution, warmup);
            case "MultiStepLR" ->
                steps(part, part.find("milestones").map(Lookup.Entry::value).orElse(null), resolution, warmup);
            default -> null;
        };
    }

    /** One that begins long after the warm-up, or ends before or after the run, is not the cosine of the whole run. */
    private static boolean late(Lookup part, Resolution resolution, long warmup) {
        Double begin = steps(part, "begin", resolution);
        Double end = steps(part, "end", resolution);
        Double period = steps(part, "T_max", resolution);
        double run = ScheduleResolver.steps(resolution);
        boolean early = !part.has("begin") && warmup > 0;
        boolean short_ = (end != null && run > 0 && Math.abs(end - run) > 0.01 * run + 1)
                || otherEpochs(part, resolution)
                || (period != null && run > 0 && Math.abs(period + (begin == null ? 0 : begin) - run) > 0.01 * run + 1);
        return early || short_ || (part.has("begin") && (begin == null || begin > warmup * 1.01 + 1));
    }

    /** Where nobody knows how long an epoch is, their numbers still differ. */
    private static boolean otherEpochs(Lookup part, Resolution resolution) {
        Double epochs = resolution.number("epochs");
        Found<Double> end = part.number("end");
        return byEpoch(part)
                && epochs != null
                && end != null
                && end.value() != null
                && Math.abs(end.value() - epochs) > 1;
    }

    private static double least(Lookup part, @Nullable Double peak) {
        Found<Double> share = part.number("eta_min_ratio", "min_lr_ratio");
        return share == null || share.value() == null
                ? ScheduleResolver.floor(part.number("eta_min", "min_lr"), peak)
                : Math.min(1, Math.max(0, share.value()));
    }

    private static double power(Lookup part) {
        Found<Double> power = part.number("power");
        return power == null || power.value() == null ? 1 : power.value();
    }

    /** A tenth, or {@code gamma}, at each milestone. */
    private static @Nullable ScheduleShape steps(
            Lookup part, @Nullable Node milestones, Resolution resolution, long warmup) {
        Found<Double> written = part.number("gamma");
        double gamma = written == null || written.value() == null ? 0.1 : written.value();
        double unit = byEpoch(part) ? ScheduleResolver.stepsPerEpoch(resolution) : perIteration(resolution);
        List<Double> at = Lookup.numbers(milestones);
        if (unit == 0 || at.isEmpty() || !(gamma > 0)) {
            return null;
        }
        return StepDecay.of(
                at.stream()
                        .map(milestone -> (long) ((milestone + part.numberOr(0, "begin")) * unit))
                        .toList(),
                gamma,
                warmup);
    }

    private static @Nullable Double steps(Lookup part, String key, Resolution resolution) {
        Found<Double> written = part.number(key);
        double unit = byEpoch(part) ? ScheduleResolver.stepsPerEpoch(resolution) : perIteration(resolution);
        return written == null || written.value() == null || unit == 0 ? null : written.value() * unit;
    }

    /** An iteration is a backward pass: several make a step. */
    private static double perIteration(Resolution resolution) {
        Double accumulation = resolution.number("accumulation");
        return accumulation == null || accumulation < 1 ? 1 : 1 / accumulation;
    }

    private static boolean byEpoch(Lookup part) {
        return !part.has("by_epoch") || part.flag("by_epoch");
    }

    private static @Nullable Schedule old(Lookup root, Resolution resolution) {
        Lookup config = root.section("lr_config").orElse(root.empty());
        Found<String> policy = config.text("policy");
        Found<Double> iterations = config.number("warmup_iters");
        boolean epochs = config.flag("warmup_by_epoch");
        double unit = epochs ? ScheduleResolver.stepsPerEpoch(resolution) : perIteration(resolution);
        long warmup = !config.has("warmup") || iterations == null || iterations.value() == null
                ? 0
                : (long) (iterations.value() * unit);
        boolean every = config.find("step")
                .filter(entry -> !(entry.value() instanceof Node.Sequence))
                .isPresent();
        boolean unknown = epochs && unit == 0 && iterations != null && config.has("warmup");
        if (every || unknown || (config.has("min_lr") && config.has("step"))) {
            return null;
        }
        Double peak = resolution.number("learningRate");
        ScheduleShape shape = switch (policy == null ? "" : String.valueOf(policy.value())) {
            case "fixed" -> new Constant();
            case "CosineAnnealing" -> new Cosine(least(config, peak));
            case "poly" -> power(config) == 1 ? new Linear(least(config, peak)) : null;
            case "step" ->
                steps(config, config.find("step").map(Lookup.Entry::value).orElse(null), resolution, warmup);
            default -> null;
        };
        if (shape == null) {
            return null;
        }
        return shape instanceof Cosine || shape instanceof Linear
                ? UnderWarmup.schedule(shape, warmup)
                : new Schedule(shape, warmup);
    }
}
