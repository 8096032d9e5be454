package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.formats.tree.Node;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Linear;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** GPT-NeoX's YAML. Its Adam is decoupled, until {@code use_mup} puts another optimizer class in its place. */
final class NeoxConfig implements ConfigFormat {
    @Override
    public String id() {
        return "neox";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.has("train_micro_batch_size_per_gpu", "train_batch_size", "optimizer.params")
                && root.has("hidden_size", "num_layers", "lr_decay_iters", "pipe_parallel_size");
    }

    /** Its launcher takes several files for one configuration, and refuses a key that stands in two. */
    private static Lookup together(Sources sources) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        sources.beside().stream()
                .filter(file -> !AccelerateConfig.recognises(new Lookup(file)))
                .forEach(file -> entries.putAll(file.entries()));
        entries.putAll(sources.main().entries());
        return new Lookup(new Node.Mapping(sources.main().position(), entries));
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = together(sources);
        Resolution.Builder to = new Resolution.Builder(Defaults.of(id(), sources));
        to.text("optimizer", root, "optimizer.type")
                .known("learningRate", root.number("optimizer.params.lr"), "optimizer.params.lr")
                .number("weightDecay", root, "weight_decay")
                .number("eps", root, "optimizer.params.eps")
                .optional("momentum", root.number("optimizer.params.momentum"));
        to.betas(root.pair("optimizer.params.betas"));
        batch(root, sources, to);
        to.known("steps", root.number("train_iters"), "train-iters");
        if (root.has("seq_length")) {
            to.known("sequenceLength", root.number("seq_length"), "");
        }
        Resolution resolution = to.build();
        return ResolvedConfig.of(
                id(),
                to,
                row(root, resolution),
                all -> schedule(root, all),
                new Context(
                        root.flag("finetune")
                                || !root.textOr("normal", "train_impl").equals("normal"),
                        false,
                        false,
                        resolution.given("weightDecay"),
                        false),
                findings(root));
    }

    private static Optional<Optimizer> row(Lookup root, Resolution resolution) {
        String type = String.valueOf(resolution.text("optimizer")).toLowerCase(Locale.ROOT);
        if (type.equals("adam") && root.flag("use_mup")) {
            return Registry.find("torch", "adam");
        }
        return Registry.find("neox", type)
                .or(() -> type.equals("onebitadam") ? Optional.empty() : Registry.find("torch", type));
    }

    private static void batch(Lookup root, Sources sources, Resolution.Builder to) {
        Found<Double> whole = root.number("train_batch_size");
        if (whole != null && whole.value() != null) {
            to.known("batchSize", whole, "");
            return;
        }
        to.known("microBatchSize", root.number("train_micro_batch_size_per_gpu"), "train_micro_batch_size_per_gpu")
                .number("accumulation", root, "gradient_accumulation_steps");
        double perModel =
                ModelParallel.degree(root, "pipe_parallel_size") * ModelParallel.degree(root, "model_parallel_size");
        EffectiveBatch.replicas(to, sources, null, perModel);
        EffectiveBatch.product(to);
    }

    private static @Nullable Schedule schedule(Lookup root, Resolution resolution) {
        Found<String> written = root.text("lr_decay_style");
        String style = written == null ? "linear" : String.valueOf(written.value());
        double floor = ScheduleResolver.floor(root.number("min_lr"), resolution.number("learningRate"));
        ScheduleShape shape = switch (style) {
            case "constant" -> new Constant();
            case "linear" -> floor == 0 ? new Linear(0) : null;
            case "cosine" -> new Cosine(floor);
            default -> null;
        };
        Found<Double> decay = root.number("lr_decay_iters");
        Double run = resolution.number("steps");
        Double all = run == null ? null : Double.valueOf(Math.floor(run * root.numberOr(1, "lr_decay_fraction")));
        Double steps = decay == null || decay.value() == null ? all : decay.value();
        Found<Double> warmup = root.number("warmup");
        double share = warmup == null || warmup.value() == null ? 0.01 : warmup.value();
        return shape == null
                ? null
                : ScheduleResolver.until(
                        new Schedule(shape, steps == null ? 0 : (long) (share * steps)), steps, resolution);
    }

    private static List<Finding> findings(Lookup root) {
        return root.flag("use_mup")
                ? List.of(new Finding(
                        "mup-flips-kind",
                        Severity.WARNING,
                        "optimizer",
                        "use_mup replaces the decoupled Adam by MuAdam over torch.optim.Adam: the same weight_decay becomes"
                                + " an L2 penalty inside the preconditioner",
                        "use a decoupled optimizer under μP, or a λ tuned for this one",
                        "EleutherAI/gpt-neox, training.py"))
                : List.of();
    }
}
