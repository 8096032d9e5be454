package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Linear;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** big_vision's Python. Its λ is multiplied by the schedule alone and belongs to kernels. */
final class BigVisionConfig implements ConfigFormat {
    @Override
    public String id() {
        return "big_vision";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.has("optax_name") && root.has("lr");
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Resolution.Builder to = new Resolution.Builder(Defaults.of(id(), sources));
        to.known("optimizer", root.text("optax_name"), "optax_name")
                .known("learningRate", root.number("lr"), "lr")
                .number("weightDecay", root, "wd")
                .optional("beta1", root.number("optax.b1"))
                .optional("beta2", root.number("optax.b2"))
                .optional("eps", root.number("optax.eps"))
                .known("batchSize", root.number("input.batch_size", "batch_size"), "input.batch_size");
        dataset(root, sources, to);
        Found<Double> steps = root.number("total_steps");
        Found<Double> epochs = root.number("total_epochs", "num_epochs");
        to.optional("steps", steps).optional("epochs", steps == null ? epochs : null);
        double examples = root.numberOr(Double.NaN, "total_examples");
        Double batch = to.number("batchSize");
        if (steps == null && epochs == null && examples > 0 && batch != null) {
            to.put("steps", Math.rint(examples / batch), new Origin.Computed("total_examples / batchSize"));
        }
        if (String.valueOf(to.text("optimizer")).endsWith("momentum_hp")) {
            to.number("momentum", root, "optax.momentum");
        }
        return ResolvedConfig.of(
                id(),
                to,
                row(String.valueOf(to.text("optimizer"))),
                resolution -> schedule(root, resolution),
                new Context(root.has("model_init"), false, false, to.build().given("weightDecay"), false),
                List.of());
    }

    /** A split of a data set whose size its name says. */
    private static void dataset(Lookup root, Sources sources, Resolution.Builder to) {
        Found<String> name = root.text("input.data.name", "dataset");
        String data = name == null || name.value() == null ? "" : name.value();
        Double known = KnownData.size(data);
        Found<String> split = root.text("input.data.split", "train_split");
        Matcher share =
                Pattern.compile("train\\[:(\\d+)%\\]").matcher(split == null ? "" : String.valueOf(split.value()));
        if (sources.datasetSize() == null
                && known != null
                && (split == null || "train".equals(split.value()) || share.matches())) {
            double part = share.matches() ? Double.parseDouble(share.group(1)) / 100 : 1;
            to.put("datasetSize", Math.rint(known * part), new Origin.Computed("the split of " + data));
        } else {
            to.datasetSize(sources);
        }
    }

    private static Optional<Optimizer> row(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "scale_by_adam" -> Registry.find("big_vision", "adamw");
            case "momentum_hp", "trace", "identity" -> Registry.find("big_vision", "sgd");
            default -> Optional.empty();
        };
    }

    private static @Nullable Schedule schedule(Lookup root, Resolution resolution) {
        Found<String> type = root.text("schedule.decay_type");
        double warmup = warmup(root, resolution);
        double end = Math.min(1, Math.max(0, root.numberOr(0, "schedule.linear_end", "schedule.end")));
        ScheduleShape shape = switch (type == null ? "stair" : String.valueOf(type.value())) {
            case "cosine" -> new Cosine(0);
            case "linear", "polynomial" -> root.numberOr(1, "schedule.power") == 1 ? new Linear(end) : null;
            case "stair" ->
                root.has("schedule.steps", "schedule.mults")
                                || root.section("schedule").isEmpty()
                        ? null
                        : new Constant();
            default -> null;
        };
        boolean cooldown = root.has(
                "schedule.cooldown_steps",
                "schedule.cooldown_epochs",
                "schedule.cooldown_percent",
                "schedule.cooldown_examples");
        return shape == null || cooldown || Double.isNaN(warmup) ? null : new Schedule(shape, (long) warmup);
    }

    /** In steps, epochs, examples, or as a share of the run. */
    private static double warmup(Lookup root, Resolution resolution) {
        Double batch = resolution.number("batchSize");
        double run = ScheduleResolver.steps(resolution);
        if (root.has("schedule.warmup_percent")) {
            return run == 0 ? Double.NaN : root.numberOr(0, "schedule.warmup_percent") * run;
        }
        if (root.has("schedule.warmup_examples")) {
            return batch == null ? Double.NaN : root.numberOr(0, "schedule.warmup_examples") / batch;
        }
        if (root.has("schedule.warmup_epochs")) {
            return root.numberOr(0, "schedule.warmup_epochs") * ScheduleResolver.stepsPerEpoch(resolution);
        }
        return root.numberOr(0, "schedule.warmup_steps");
    }
}
