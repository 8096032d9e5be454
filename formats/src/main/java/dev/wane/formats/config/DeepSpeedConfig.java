package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import dev.wane.lint.Text;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Linear;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * DeepSpeed's JSON. Its {@code Adam} is decoupled unless {@code adam_w_mode} is false, and a scheduler sets the learning
 * rate whatever the optimizer's is.
 */
final class DeepSpeedConfig implements ConfigFormat {
    private static final String FRAMEWORK = "deepspeed";
    private static final String TRAINER = "the trainer's own arguments, --with FILE";

    @Override
    public String id() {
        return "deepspeed";
    }

    @Override
    public boolean recognises(Lookup root) {
        return is(root);
    }

    static boolean is(Lookup root) {
        boolean batch = root.has("train_batch_size", "train_micro_batch_size_per_gpu");
        return !root.has(
                        "model_name_or_path",
                        "learning_rate",
                        "train-iters",
                        "train_iters",
                        "hidden-size",
                        "hidden_size")
                && (root.has("zero_optimization")
                        || (batch && root.has("optimizer", "scheduler", "fp16", "bf16", "steps_per_print"))
                        || (root.has("optimizer.type", "optimizer.params.lr", "optimizer.params.weight_decay")
                                && root.has("optimizer.params")));
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Resolution.Builder to = new Resolution.Builder(Defaults.of(id(), sources));
        optimizer(root, to);
        batch(root, sources, to);
        length(root, sources, to);
        Resolution resolution = to.build();
        Optional<Optimizer> row = row(root);
        return ResolvedConfig.of(
                id(),
                to,
                row,
                all -> schedule(root, null, ScheduleResolver.steps(all)),
                new Context(false, false, false, resolution.given("weightDecay"), false),
                Stream.concat(findings(root).stream(), batchFindings(root, resolution).stream())
                        .toList());
    }

    /** The optimizer's quantities; nothing where the file has no optimizer. */
    static void optimizer(Lookup root, Resolution.Builder to) {
        to.known("optimizer", root.text("optimizer.type"), TRAINER);
        learningRate(root, to);
        if (root.has("optimizer.params")) {
            double usual = root.flag("optimizer.params.torch_adam") && !coupled(root) ? 0.01 : 0;
            to.number(
                    "weightDecay",
                    root,
                    usual > 0 ? "torch.optim.AdamW" : to.defaults().program(),
                    usual,
                    "optimizer.params.weight_decay");
            to.number("eps", root, "optimizer.params.eps");
            betas(root, to);
        } else {
            to.known("weightDecay", null, TRAINER);
        }
    }

    /** A scheduler's peak counts; WarmupDecayLR and WarmupCosineLR have one of their own where none is written. */
    private static void learningRate(Lookup root, Resolution.Builder to) {
        Found<Double> scheduled = root.number("scheduler.params.warmup_max_lr", "scheduler.params.cycle_max_lr");
        String type = root.textOr("", "scheduler.type");
        if (type.equals("LRRangeTest")) {
            to.put("learningRate", null, new Origin.Unresolved("LRRangeTest moves it through a range"));
        } else if (scheduled == null && type.equals("WarmupDecayLR")) {
            to.put("learningRate", 1e-3, new Origin.DefaultOf("DeepSpeed WarmupDecayLR, over the optimizer's"));
        } else if (scheduled == null && root.has("optimizer.params.muon_lr")) {
            to.known("learningRate", root.number("optimizer.params.muon_lr"), TRAINER);
        } else if (scheduled == null && type.equals("WarmupLR") && to.defaults().number("warmupPeak") > 0) {
            to.put(
                    "learningRate",
                    to.defaults().number("warmupPeak"),
                    to.defaults().quantity("warmupPeak").origin());
        } else if (scheduled == null && root.has("optimizer.params") && !root.has("optimizer.params.lr")) {
            byClass(root, to);
        } else {
            to.known("learningRate", scheduled == null ? root.number("optimizer.params.lr") : scheduled, TRAINER);
        }
    }

    /** What the class takes: known for Adam's and AdamW's. */
    private static void byClass(Lookup root, Resolution.Builder to) {
        if (root.textOr("", "optimizer.type").toLowerCase(Locale.ROOT).matches("adamw?")) {
            to.byDefault("learningRate");
        } else {
            to.known("learningRate", null, TRAINER);
        }
    }

    private static void betas(Lookup root, Resolution.Builder to) {
        to.betas(root.pair("optimizer.params.betas"));
        if (root.has("optimizer.params.momentum")) {
            to.known("momentum", root.number("optimizer.params.momentum"), TRAINER);
        }
    }

    private static boolean coupled(Lookup root) {
        return root.has("optimizer.params.adam_w_mode") && !root.flag("optimizer.params.adam_w_mode");
    }

    /** What the type means, by DeepSpeed's own flips. */
    static Optional<Optimizer> row(Lookup root) {
        Found<String> type = root.text("optimizer.type");
        if (type == null || type.value() == null) {
            return Optional.empty();
        }
        String name = type.value().toLowerCase(Locale.ROOT);
        if (name.equals("adam") && coupled(root)) {
            return Registry.find("torch", "adam");
        }
        return Registry.find(FRAMEWORK, name).or(() -> Registry.find("torch", name));
    }

    /** Devices that share a sequence or hold one model together. */
    static double perModel(Lookup root) {
        return ModelParallel.degree(root, "sequence_parallel_size")
                * ModelParallel.degree(root, "tensor_parallel.autotp_size");
    }

    private static void batch(Lookup root, Sources sources, Resolution.Builder to) {
        if (root.flag("elasticity.enabled")) {
            to.put("batchSize", null, new Origin.Unresolved("elasticity chooses it by the devices that are there"));
            return;
        }
        Found<Double> whole = root.number("train_batch_size");
        if (whole != null && whole.value() != null) {
            to.optional("microBatchSize", root.number("train_micro_batch_size_per_gpu"))
                    .optional("accumulation", root.number("gradient_accumulation_steps"));
            if (sources.worldSize() != null || AccelerateConfig.launched(sources) != null) {
                AccelerateConfig.replicas(to, sources, perModel(root));
            }
            whole(whole, to);
            return;
        }
        to.known("microBatchSize", root.number("train_micro_batch_size_per_gpu"), TRAINER);
        to.number("accumulation", root, "gradient_accumulation_steps");
        AccelerateConfig.replicas(to, sources, perModel(root));
        EffectiveBatch.product(to);
    }

    /** DeepSpeed refuses a batch that is not the product of its parts. */
    private static void whole(Found<Double> whole, Resolution.Builder to) {
        double product = product(to.build());
        if (Double.isNaN(product) || Objects.equals(whole.value(), product)) {
            to.known("batchSize", whole, TRAINER);
        } else {
            to.put("batchSize", null, new Origin.Unresolved(contradiction(whole.value(), product)));
        }
    }

    /** NaN where a part is not known. */
    private static double product(Resolution resolution) {
        return Stream.of("microBatchSize", "accumulation", "replicas")
                .map(resolution::number)
                .mapToDouble(part -> part == null ? Double.NaN : part)
                .reduce(1, (a, b) -> a * b);
    }

    private static String contradiction(@Nullable Double whole, double product) {
        return "train_batch_size " + (whole == null ? "?" : Text.of(whole))
                + " contradicts micro-batch · accumulation · devices = " + Text.of(product);
    }

    /** What DeepSpeed would stop at. */
    private static List<Finding> batchFindings(Lookup root, Resolution resolution) {
        Found<Double> whole = root.number("train_batch_size");
        double product = product(resolution);
        if (whole == null
                || whole.value() == null
                || root.flag("elasticity.enabled")
                || Double.isNaN(product)
                || whole.value().equals(product)) {
            return List.of();
        }
        return List.of(new Finding(
                "batch-contradiction",
                Severity.ERROR,
                "batchSize",
                contradiction(whole.value(), product),
                "leave one of the three out, or give the devices of the run",
                "DeepSpeed, runtime/config.py, _batch_assertion"));
    }

    private static void length(Lookup root, Sources sources, Resolution.Builder to) {
        to.known("steps", root.number("scheduler.params.total_num_steps"), "the training script (--steps N)");
        if (sources.datasetSize() != null) {
            to.put("datasetSize", sources.datasetSize(), new Origin.Given("--dataset-size"));
        }
    }

    /**
     * The scheduler of the file.
     *
     * @param auto the warm-up that the trainer fills in for {@code auto}; null where no trainer is known
     * @param run steps of the run; 0 where unknown
     */
    static @Nullable Schedule schedule(Lookup root, @Nullable Long auto, long run) {
        Found<String> type = root.text("scheduler.type");
        if (type == null || type.value() == null) {
            return null;
        }
        Found<Double> warmup = root.number("scheduler.params.warmup_num_steps");
        if (warmup != null && warmup.value() == null && auto == null) {
            return null;
        }
        long steps = warmup == null
                ? 1000
                : warmup.value() == null
                        ? Objects.requireNonNull(auto)
                        : Math.max(0, warmup.value().longValue());
        ScheduleShape shape = switch (type.value()) {
            case "WarmupLR" -> new Constant();
            case "WarmupDecayLR" -> new Linear(0);
            case "WarmupCosineLR" -> new Cosine(ratio(root));
            default -> null;
        };
        boolean raised = root.numberOr(0, "scheduler.params.warmup_min_lr", "scheduler.params.warmup_min_ratio") > 0;
        if (shape == null || raised) {
            return null;
        }
        return root.textOr("log", "scheduler.params.warmup_type").equals("linear")
                ? new Schedule(shape, steps)
                : LogWarmup.of(shape, steps, run);
    }

    private static double ratio(Lookup root) {
        Found<Double> least = root.number("scheduler.params.cos_min_ratio");
        return least == null || least.value() == null ? 1e-4 : Math.min(1, Math.max(0, least.value()));
    }

    private static Finding muonByName() {
        return new Finding(
                "muon-grouping",
                Severity.INFO,
                "optimizer",
                "Muon gets every parameter of two or more dimensions whose name holds neither 'embed' nor 'lm_head':"
                        + " an embedding called wte or shared, and a head called output or score, are among them",
                "hand deepspeed.initialize an optimizer with groups of your own; wane groups lists embeddings and heads",
                "DeepSpeed, set_optimizer_flags; issue 7641");
    }

    /** What the file alone shows. */
    static List<Finding> findings(Lookup root) {
        List<Finding> findings = new ArrayList<>();
        if ("muon".equalsIgnoreCase(root.textOr("", "optimizer.type"))) {
            findings.add(muonByName());
        }
        Found<Double> own = root.number("optimizer.params.lr");
        Found<Double> scheduled = root.number("scheduler.params.warmup_max_lr");
        if (own != null && scheduled != null && own.value() != null && scheduled.value() != null) {
            boolean same = own.value().equals(scheduled.value());
            findings.add(new Finding(
                    "duplicate-key",
                    same ? Severity.INFO : Severity.WARNING,
                    "learningRate",
                    "the learning rate is written twice: optimizer.params.lr " + own.value()
                            + " and scheduler.params.warmup_max_lr " + scheduled.value() + "; the scheduler's is used",
                    "write it in the scheduler alone",
                    "DeepSpeed WarmupLR"));
        }
        return findings;
    }
}
