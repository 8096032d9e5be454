package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Linear;
import dev.wane.schedule.Piecewise;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import dev.wane.schedule.UnderWarmup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** TensorFlow Model Garden's YAML: the penalty {@code l2_weight_decay} in the loss, or an AdamW with its own rate. */
final class TfModelsConfig implements ConfigFormat {
    private static final String EXPERIMENT = "the experiment's own value: params.yaml in the model's folder has it";

    @Override
    public String id() {
        return "tf-models";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.has("trainer.optimizer_config.optimizer", "trainer.optimizer_config");
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Lookup config = root.section("trainer.optimizer_config").orElse(root.empty());
        Resolution.Builder to = new Resolution.Builder(Defaults.of(id(), sources));
        to.known("optimizer", config.text("optimizer.type"), "trainer.optimizer_config.optimizer.type");
        String type = String.valueOf(to.text("optimizer"));
        Lookup own = config.section("optimizer." + type).orElse(root.empty());
        Lookup rate = config.section("learning_rate").orElse(root.empty());
        String rateType = type(rate);
        Lookup rateArguments = rate.section(rateType).orElse(root.empty());
        learningRate(rateArguments, rateType, to);
        boolean decoupled = type.startsWith("adamw");
        if (decoupled) {
            to.known("weightDecay", own.number("weight_decay_rate", "weight_decay"), EXPERIMENT);
        } else {
            to.known("weightDecay", root.number("task.losses.l2_weight_decay", "task.losses.weight_decay"), EXPERIMENT);
        }
        to.optional("momentum", own.number("momentum"))
                .optional("nesterov", own.text("nesterov"))
                .optional("beta1", own.number("beta_1"))
                .optional("beta2", own.number("beta_2"))
                .number("eps", own, "epsilon")
                .known(
                        "batchSize",
                        root.number("task.train_data.global_batch_size"),
                        "task.train_data.global_batch_size")
                .datasetSize(sources)
                .known("steps", root.number("trainer.train_steps"), "trainer.train_steps");
        boolean fineTuning = root.has("task.init_checkpoint");
        return ResolvedConfig.of(
                id(),
                to,
                row(type),
                resolution -> schedule(config, rateType, rateArguments, resolution),
                new Context(fineTuning, false, false, to.build().given("weightDecay"), false),
                twice(root, decoupled, to));
    }

    private static List<Finding> twice(Lookup root, boolean decoupled, Resolution.Builder to) {
        double penalty = root.numberOr(0, "task.losses.l2_weight_decay");
        Double own = to.number("weightDecay");
        return !decoupled || penalty == 0 || own == null || own == 0
                ? List.of()
                : List.of(new Finding(
                        "double-decay",
                        Severity.WARNING,
                        "weightDecay",
                        "adamw decays by " + own + " and l2_weight_decay adds a penalty of " + penalty
                                + " to the loss: the same weights are decayed twice",
                        "keep one of them",
                        "tensorflow/models, official"));
    }

    /** Half of the written number goes to a penalty whose gradient doubles it. */
    private static Optional<Optimizer> row(String type) {
        return switch (type) {
            case "sgd", "sgd_experimental" -> Registry.find("tf_models", "sgd");
            case "adam", "adam_experimental" -> Registry.find("tf_models", "adam");
            case "rmsprop" -> Registry.find("tf_models", "rmsprop");
            case "adamw", "adamw_experimental" -> Registry.find("tf_models", "adamw");
            default -> Optional.empty();
        };
    }

    private static String type(Lookup section) {
        Found<String> type = section.text("type");
        return type == null ? "" : String.valueOf(type.value());
    }

    private static void learningRate(Lookup arguments, String type, Resolution.Builder to) {
        Optional<Lookup.Entry> values = arguments.find("values");
        List<Double> numbers = Lookup.numbers(values.map(Lookup.Entry::value).orElse(null));
        if (type.equals("stepwise") && !numbers.isEmpty()) {
            to.put(
                    "learningRate",
                    numbers.getFirst(),
                    Found.at(values.orElseThrow().value().position(), "learning_rate.stepwise.values"));
        } else {
            to.known(
                    "learningRate",
                    arguments.number("initial_learning_rate", "learning_rate"),
                    "trainer.optimizer_config.learning_rate");
        }
    }

    private static @Nullable Schedule schedule(Lookup config, String type, Lookup arguments, Resolution resolution) {
        Found<Double> steps = config.number("warmup.linear.warmup_steps", "warmup.polynomial.warmup_steps");
        long warmup = steps == null || steps.value() == null
                ? 0
                : Math.max(0, steps.value().longValue());
        ScheduleShape shape = switch (type) {
            case "constant" -> new Constant();
            case "cosine" -> new Cosine(alpha(arguments));
            case "polynomial" ->
                arguments.numberOr(1, "power") == 1 && arguments.has("end_learning_rate")
                        ? new Linear(ScheduleResolver.floor(
                                arguments.number("end_learning_rate"), resolution.number("learningRate")))
                        : null;
            case "stepwise" -> stepwise(arguments, warmup);
            default -> null;
        };
        if (shape == null) {
            return null;
        }
        Found<Double> end = arguments.number("decay_steps");
        Schedule schedule = shape instanceof Cosine || shape instanceof Linear
                ? UnderWarmup.schedule(shape, warmup)
                : new Schedule(shape, warmup);
        return type.equals("stepwise") || end == null
                ? schedule
                : ScheduleResolver.until(schedule, end.value(), resolution);
    }

    private static double alpha(Lookup arguments) {
        Found<Double> alpha = arguments.number("alpha");
        return alpha == null || alpha.value() == null ? 0 : Math.min(1, Math.max(0, alpha.value()));
    }

    /** The rate of each piece over that of the first, from its boundary on. */
    private static @Nullable ScheduleShape stepwise(Lookup arguments, long warmup) {
        List<Double> at = Lookup.numbers(
                arguments.find("boundaries").map(Lookup.Entry::value).orElse(null));
        List<Double> values =
                Lookup.numbers(arguments.find("values").map(Lookup.Entry::value).orElse(null));
        if (values.size() != at.size() + 1 || !(values.getFirst() > 0)) {
            return null;
        }
        List<Piecewise.Point> points = new ArrayList<>(List.of(new Piecewise.Point(0, 1)));
        for (int i = 0; i < at.size(); i++) {
            long step = at.get(i).longValue() - warmup;
            double multiplier = values.get(i + 1) / values.getFirst();
            if (step <= points.getLast().step() || !(multiplier >= 0)) {
                return null;
            }
            points.add(new Piecewise.Point(step, multiplier));
        }
        return new Piecewise(points, false);
    }
}
