package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.InverseSqrt;
import dev.wane.schedule.Linear;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** OLMo's YAML. Its default optimizer is Lion, and two switches say whether norms, biases and embeddings are decayed. */
final class OlmoConfig implements ConfigFormat {
    @Override
    public String id() {
        return "olmo";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.has("optimizer.learning_rate", "optimizer.decay_norm_and_bias")
                && root.has("global_train_batch_size", "device_train_microbatch_size");
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Resolution.Builder to = new Resolution.Builder(Defaults.of(id(), sources));
        to.text("optimizer", root, "optimizer.name")
                .number("learningRate", root, "optimizer.learning_rate")
                .number("weightDecay", root, "optimizer.weight_decay")
                .byDefault("beta1")
                .byDefault("beta2")
                .betas(root.pair("optimizer.betas"))
                .number("eps", root, "optimizer.eps")
                .number("batchSize", root, "global_train_batch_size")
                .number("sequenceLength", root, "model.max_sequence_length")
                .datasetSize(sources);
        TimeText.length(to, root.text("max_duration"), "ba");
        double whole = ScheduleResolver.steps(to.build());
        stop(root, whole, to);
        String name = String.valueOf(to.text("optimizer")).replaceFirst("^decoupled_", "");
        return ResolvedConfig.of(
                id(),
                to,
                Registry.find("olmo", name),
                resolution -> schedule(root, resolution, whole),
                new Context(startsAnew(root), false, false, to.build().given("weightDecay"), false),
                findings(root));
    }

    /** From another run's checkpoint; one that only goes on reads its data from where it was. */
    private static boolean startsAnew(Lookup root) {
        boolean otherData = root.has("restore_dataloader") && !root.flag("restore_dataloader");
        return root.has("load_path")
                && (otherData || root.flag("reset_optimizer_state") || root.flag("reset_trainer_state"));
    }

    /** Stopping points, which do not shorten the schedule; an epoch may end before them. */
    private static void stop(Lookup root, double whole, Resolution.Builder to) {
        Found<Double> at = root.number("stop_after") == null ? root.number("stop_at") : root.number("stop_after");
        if (at == null || at.value() == null) {
            return;
        }
        if (whole > 0 && whole < at.value()) {
            return;
        }
        to.known("steps", at, "");
    }

    /**
     * Units are steps unless the scheduler counts tokens; then warm-up and end are tokens too. It ends with the duration,
     * also where the run stops before, or at an amount of its own.
     */
    private static @Nullable Schedule schedule(Lookup root, Resolution resolution, double whole) {
        Found<String> name = root.text("scheduler.name");
        double perStep = tokens(root) ? perStep(resolution) : 1;
        double warmup = amount(root, "scheduler.t_warmup", 100) / perStep;
        Found<Double> share = root.number("scheduler.alpha_f");
        double floor = share == null || share.value() == null ? 0.1 : Math.min(1, Math.max(0, share.value()));
        ScheduleShape shape = switch (name == null ? "cosine_with_warmup" : String.valueOf(name.value())) {
            case "cosine_with_warmup" -> new Cosine(floor);
            case "linear_with_warmup" -> new Linear(floor);
            case "inverse_sqrt_with_warmup" -> new InverseSqrt(Math.max(1, (long) warmup));
            case "constant", "constant_with_warmup" -> new Constant();
            default -> null;
        };
        double end = root.has("scheduler.t_max") ? amount(root, "scheduler.t_max", 0) / perStep : whole;
        boolean bare = name != null && "constant".equals(name.value());
        return shape == null || !(warmup >= 0) || !(end > 0)
                ? null
                : warmed(root, new Schedule(shape, bare ? 0 : (long) warmup), end, resolution);
    }

    /** Its warm-up begins at a tenth of the peak unless it is told where. */
    private static @Nullable Schedule warmed(Lookup root, Schedule schedule, double end, Resolution resolution) {
        Double peak = resolution.number("learningRate");
        long run = ScheduleResolver.steps(resolution);
        double start = root.has("scheduler.warmup_min_lr") && peak != null
                ? amount(root, "scheduler.warmup_min_lr", 0) / peak
                : 0.1;
        return start > 0 && schedule.warmupSteps() > 0
                ? ScheduleResolver.warmedFrom(schedule, start, (long) end)
                : ScheduleResolver.until(schedule, end, run);
    }

    private static boolean tokens(Lookup root) {
        Found<String> units = root.text("scheduler.units");
        return units != null && "tokens".equals(units.value());
    }

    private static double perStep(Resolution resolution) {
        Double batch = resolution.number("batchSize");
        Double sequence = resolution.number("sequenceLength");
        return batch == null || sequence == null ? Double.NaN : batch * sequence;
    }

    private static double amount(Lookup root, String key, double fallback) {
        Found<Double> written = root.number(key);
        return written == null ? fallback : written.value() == null ? Double.NaN : written.value();
    }

    private static List<Finding> findings(Lookup root) {
        List<Finding> findings = new ArrayList<>();
        if (root.flag("optimizer.decay_norm_and_bias")) {
            findings.add(DecayedVectors.of(
                    Severity.WARNING,
                    "decay_norm_and_bias: true decays norm gains and biases like matrices",
                    "allenai/OLMo, olmo/optim.py"));
        }
        if (root.flag("optimizer.decay_embeddings")) {
            findings.add(DecayedVectors.of(
                    Severity.WARNING,
                    "decay_embeddings: true decays embeddings: rows that are rarely seen shrink most",
                    "allenai/OLMo, olmo/optim.py"));
        }
        return findings;
    }
}
