package dev.wane.formats.config;

import dev.wane.formats.tree.Node;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.lint.Severity;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Linear;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** nanotron's YAML, whose batch is micro-batch · accumulation · data-parallel degree, all in the file. */
final class NanotronConfig implements ConfigFormat {
    @Override
    public String id() {
        return "nanotron";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.has("tokens.micro_batch_size", "tokens.train_steps")
                && root.has("optimizer.learning_rate_scheduler", "optimizer.optimizer_factory");
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Resolution.Builder to = new Resolution.Builder(Defaults.of(id(), sources));
        to.text("optimizer", root, "optimizer.optimizer_factory.name")
                .known(
                        "learningRate",
                        root.number("optimizer.learning_rate_scheduler.learning_rate"),
                        "optimizer.learning_rate_scheduler.learning_rate")
                .known("weightDecay", root.number("optimizer.weight_decay"), "optimizer.weight_decay")
                .optional("beta1", root.number("optimizer.optimizer_factory.adam_beta1", "optimizer.adam_beta1"))
                .optional("beta2", root.number("optimizer.optimizer_factory.adam_beta2", "optimizer.adam_beta2"))
                .optional("eps", root.number("optimizer.optimizer_factory.adam_eps", "optimizer.adam_eps"))
                .optional("momentum", root.number("optimizer.optimizer_factory.momentum"))
                .known("microBatchSize", root.number("tokens.micro_batch_size"), "tokens.micro_batch_size")
                .number("accumulation", root, "tokens.batch_accumulation_per_replica")
                .known("replicas", root.number("parallelism.dp"), "parallelism.dp");
        EffectiveBatch.product(to);
        to.optional("sequenceLength", root.number("tokens.sequence_length"))
                .known("steps", root.number("tokens.train_steps"), "tokens.train_steps");
        String name = String.valueOf(to.text("optimizer")).toLowerCase(Locale.ROOT);
        return ResolvedConfig.of(
                id(),
                to,
                name.equals("adamw") || name.equals("sgd") ? Registry.find("torch", name) : Optional.empty(),
                resolution -> schedule(root, resolution),
                new Context(false, false, false, to.build().given("weightDecay"), false),
                root.find("optimizer.weight_decay_exclude_named_params")
                                .filter(NanotronConfig::names)
                                .isPresent()
                        ? List.of()
                        : List.of(DecayedVectors.of(
                                Severity.INFO,
                                "no weight_decay_exclude_named_params: norm gains and embeddings are decayed too",
                                "huggingface/nanotron")));
    }

    private static boolean names(Lookup.Entry entry) {
        return entry.value() instanceof Node.Sequence list && !list.items().isEmpty();
    }

    /** The decay begins after the warm-up, or at its own step, lasts its own steps, and ends at the peak unless it is told where. */
    private static @Nullable Schedule schedule(Lookup root, Resolution resolution) {
        Lookup part = root.section("optimizer.learning_rate_scheduler").orElse(root.empty());
        Double run = resolution.number("steps");
        long warmup = (long) Math.max(0, part.numberOr(0, "lr_warmup_steps"));
        if (run == null) {
            return null;
        }
        double floor = part.has("min_decay_lr")
                ? ScheduleResolver.floor(part.number("min_decay_lr"), resolution.number("learningRate"))
                : 1;
        double start = Math.max(warmup, part.numberOr(warmup, "lr_decay_starting_step"));
        double decay = part.numberOr(
                part.has("lr_decay_starting_step") ? run - warmup - start : run - warmup, "lr_decay_steps");
        if (!(decay > 0)) {
            return null;
        }
        String style = part.textOr("linear", "lr_decay_style").replace("1-sqrt", "sqrt");
        ScheduleShape shape = floor == 1 ? new Constant() : shape(style, floor, decay, start - warmup);
        long ramp = "constant".equals(part.textOr("linear", "lr_warmup_style")) ? 0 : warmup;
        return shape == null || (ramp == 0 && warmup > 0 && !(shape instanceof Constant))
                ? null
                : ScheduleResolver.until(new Schedule(shape, ramp), start + decay, resolution);
    }

    private static @Nullable ScheduleShape shape(String style, double floor, double decay, double stable) {
        if (stable > 1 || style.equals("sqrt")) {
            return LateDecay.of(style, decay, floor, stable + decay);
        }
        return switch (style) {
            case "cosine" -> new Cosine(floor);
            case "linear" -> new Linear(floor);
            default -> null;
        };
    }
}
