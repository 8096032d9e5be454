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
import dev.wane.schedule.InverseSqrt;
import dev.wane.schedule.Linear;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Megatron-LM's arguments, in a shell script or under {@code MODEL_ARGS}. Its {@code adam} is decoupled, and
 * {@code decoupled-lr} is a learning rate of embeddings, not about decay.
 */
final class MegatronConfig implements ConfigFormat {
    /** What a schedule is made of: one that is written and not known leaves all of it unknown. */
    private static final String[] LENGTHS = {
        "lr_warmup_iters",
        "lr_warmup_samples",
        "lr_warmup_fraction",
        "lr_decay_iters",
        "lr_decay_samples",
        "lr_wsd_decay_iters",
        "lr_wsd_decay_samples",
        "lr_decay_tokens",
        "lr_warmup_tokens",
        "min_lr"
    };

    @Override
    public String id() {
        return "megatron";
    }

    @Override
    public boolean recognises(Lookup root) {
        return arguments(root)
                .filter(found -> found.has("micro_batch_size", "global_batch_size")
                        && found.has("train_iters", "train_samples", "lr", "seq_length"))
                .isPresent();
    }

    /** The command line is the file itself or a part of it. */
    private static Optional<Lookup> arguments(Lookup root) {
        Optional<Lookup> nested = root.section("MODEL_ARGS");
        return nested.isEmpty() ? Optional.of(root) : nested.map(MegatronConfig::withoutDashes);
    }

    private static Lookup withoutDashes(Lookup nested) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        nested.root().entries().forEach((key, entry) -> entries.put(key.replaceFirst("^--", ""), entry));
        return new Lookup(new Node.Mapping(nested.root().position(), entries));
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = Curriculum.in(arguments(new Lookup(sources.main())).orElseThrow(), sources);
        boolean swift = swift(root);
        Resolution.Builder to = new Resolution.Builder(Defaults.of(swift ? "ms-swift-megatron" : "megatron", sources));
        to.text("optimizer", root, "optimizer")
                .number("weightDecay", root, "start_weight_decay", "weight_decay")
                .number("beta1", root, "adam_beta1")
                .number("beta2", root, "adam_beta2")
                .number("eps", root, "adam_eps");
        if (swift && !root.has("lr")) {
            boolean full = root.textOr("lora", "tuner_type", "train_type").equals("full");
            Quantity rate = to.defaults().quantity(full ? "learningRate" : "adapterLearningRate");
            to.put("learningRate", rate.value(), rate.origin());
        } else {
            to.known("learningRate", root.number("lr"), "lr is required");
        }
        if ("sgd".equals(to.text("optimizer"))) {
            to.number("momentum", root, "sgd_momentum");
        }
        Double end = root.has("end_weight_decay")
                ? Objects.requireNonNull(root.number("end_weight_decay")).value()
                : null;
        Double start = to.number("weightDecay");
        if (start != null && start == 0 && end != null && end > 0) {
            to.put(
                    "weightDecay",
                    null,
                    new Origin.Unresolved("λ rises from 0 to " + end
                            + ": half of it is its mean, --weight-decay in explain and plan"));
        }
        to.optional("weightDecayEnd", root.number("end_weight_decay"))
                .optional("weightDecayStyle", root.text("weight_decay_incr_style"));
        batch(root, sources, to);
        length(root, sources, to);
        Resolution resolution = to.build();
        Optional<Optimizer> row = Registry.find("megatron", String.valueOf(resolution.text("optimizer")));
        return ResolvedConfig.of(
                id(),
                to,
                row,
                all -> schedule(root, all),
                new Context(fineTuning(root), adapter(root), false, resolution.given("weightDecay"), false),
                findings(root, to));
    }

    /** Its own switch, its tasks, and ms-swift, which starts from a model. */
    private static boolean fineTuning(Lookup root) {
        return root.flag("finetune") || root.has("pretrained_checkpoint", "task") || swift(root);
    }

    private static boolean adapter(Lookup root) {
        return root.textOr(root.textOr("", "train_type"), "tuner_type").equals("lora");
    }

    /** ms-swift takes Megatron's arguments, with defaults and some arguments of its own. */
    private static boolean swift(Lookup root) {
        return root.has("num_train_epochs", "max_epochs", "split_dataset_ratio", "train_type", "tuner_type");
    }

    private static void batch(Lookup root, Sources sources, Resolution.Builder to) {
        Found<Double> whole = root.number("global_batch_size");
        if (swift(root)) {
            to.number("batchSize", root, "global_batch_size").datasetSize(sources);
            return;
        }
        if (whole != null) {
            to.known("batchSize", whole, "");
        } else if (root.has("step_batch_size_schedule")) {
            to.put("batchSize", null, new Origin.Unresolved("step-batch-size-schedule: it changes in the run"));
        } else {
            to.known("microBatchSize", root.number("micro_batch_size"), "micro-batch-size is required");
            to.byDefault("accumulation");
            EffectiveBatch.replicas(to, sources, null, ModelParallel.devices(root));
            EffectiveBatch.product(to);
        }
        if (root.has("seq_length")) {
            to.known("sequenceLength", root.number("seq_length"), "");
        }
    }

    /** A run counted in samples has samples/B steps, batch ramps left aside. */
    private static void length(Lookup root, Sources sources, Resolution.Builder to) {
        Found<Double> samples = root.number("train_samples");
        Double batch = to.number("batchSize");
        if (swift(root) && !root.has("train_iters")) {
            to.known("epochs", root.number("num_train_epochs", "max_epochs"), "num_train_epochs");
            return;
        }
        if (samples != null && root.has("rampup_batch_size")) {
            double all = samples.value() == null ? Double.NaN : samples.value();
            double whole = batch == null ? Double.NaN : batch;
            double steps =
                    BatchRamp.of(root).map(ramp -> ramp.steps(whole, all)).orElse(Double.NaN);
            to.put(
                    "steps",
                    Double.isNaN(steps) ? null : Double.valueOf(steps),
                    Double.isNaN(steps)
                            ? new Origin.Unresolved("train-samples under rampup-batch-size: --steps N")
                            : new Origin.Computed("train-samples, the batch growing by rampup-batch-size"));
        } else if (samples != null && samples.value() != null && batch != null) {
            to.put(
                    "steps",
                    Math.floor(samples.value() / batch),
                    new Origin.Computed(samples.origin().text() + " / batchSize"));
        } else if (root.has("task") && root.has("epochs")) {
            to.known("epochs", root.number("epochs"), "").datasetSize(sources);
            return;
        } else {
            to.known("steps", root.number("train_iters"), "train-iters or train-samples");
        }
        double tokens = tokens(root, to.build(), "train_tokens");
        if (root.has("train_tokens") && Double.isNaN(tokens)) {
            to.put(
                    "steps",
                    null,
                    new Origin.Unresolved(
                            "train-tokens ends the run; its steps follow from batch, sequence length and DeepSpeed's file: --with FILE, or --steps N"));
            return;
        }
        Double steps = to.number("steps");
        if (tokens > 0 && (steps == null || tokens < steps)) {
            to.put(
                    "steps",
                    Math.ceil(tokens),
                    new Origin.Computed("train-tokens / (batchSize · sequenceLength), to the step that reaches them"));
        }
    }

    private static @Nullable Schedule schedule(Lookup root, Resolution resolution) {
        Found<String> written = root.text("lr_decay_style");
        String style = written == null ? (swift(root) ? "cosine" : "linear") : written.value();
        boolean countsSamples = root.has("train_samples") && root.has("rampup_batch_size");
        if (countsSamples) {
            // Its schedule follows samples, of which the first steps have fewer.
            return null;
        }
        if (style == null || root.unresolved(LENGTHS) || root.numberOr(0, "lr_warmup_init") != 0) {
            return null;
        }
        Long warmup = warmup(root, resolution);
        if (warmup == null) {
            return null;
        }
        ScheduleShape shape = shape(style, root, resolution, warmup);
        return shape == null
                ? null
                : ScheduleResolver.until(new Schedule(shape, warmup), decay(root, resolution), resolution);
    }

    /** Where the rate reaches its least; the run's end unless said. */
    private static @Nullable Double decay(Lookup root, Resolution resolution) {
        Found<Double> steps = root.number("lr_decay_iters");
        Found<Double> samples = root.number("lr_decay_samples");
        Double batch = resolution.number("batchSize");
        double tokens = tokens(root, resolution, "lr_decay_tokens");
        if (tokens > 0) {
            return tokens;
        }
        if (steps != null) {
            return steps.value();
        }
        return samples == null || samples.value() == null || batch == null ? null : samples.value() / batch;
    }

    private static @Nullable ScheduleShape shape(String style, Lookup root, Resolution resolution, long warmup) {
        double floor = ScheduleResolver.floor(root.number("min_lr"), resolution.number("learningRate"));
        return switch (style) {
            case "constant" -> new Constant();
            case "linear" -> new Linear(floor);
            case "cosine" -> new Cosine(floor);
            case "inverse-square-root" -> new InverseSqrt(Math.max(1, warmup));
            case "WSD" -> wsd(root, resolution, warmup, floor);
            default -> null;
        };
    }

    /** The decay ends where the schedule does. */
    private static @Nullable ScheduleShape wsd(Lookup root, Resolution resolution, long warmup, double floor) {
        Double end = decay(root, resolution);
        Double run = end == null ? resolution.number("steps") : end;
        Double batch = resolution.number("batchSize");
        double samples = root.numberOr(Double.NaN, "lr_wsd_decay_samples");
        double decay = root.numberOr(batch == null ? Double.NaN : samples / batch, "lr_wsd_decay_iters");
        String style = root.textOr("exponential", "lr_wsd_decay_style").replace("minus_sqrt", "sqrt");
        return run == null ? null : LateDecay.of(style, decay, floor, run - warmup);
    }

    /** Null where it counts what is not known. */
    private static @Nullable Long warmup(Lookup root, Resolution resolution) {
        Found<Double> steps = root.number("lr_warmup_iters");
        Found<Double> samples = root.number("lr_warmup_samples");
        Found<Double> share = root.number("lr_warmup_fraction");
        Double batch = resolution.number("batchSize");
        Double decay = decay(root, resolution);
        double all = ScheduleResolver.steps(resolution);
        Double run = decay != null ? decay : all == 0 ? null : Double.valueOf(all);
        if (share != null && share.value() != null && share.value() > 0) {
            return run == null ? null : Long.valueOf((long) (share.value() * run));
        }
        double tokens = tokens(root, resolution, "lr_warmup_tokens");
        if (tokens >= 0) {
            return (long) tokens;
        }
        if (steps != null && steps.value() != null && steps.value() > 0) {
            return Math.max(0, steps.value().longValue());
        }
        if (samples == null || samples.value() == null || samples.value() == 0) {
            return 0L;
        }
        return batch == null ? null : Long.valueOf(Math.max(0, (long) (samples.value() / batch)));
    }

    /** Megatron-DeepSpeed counts tokens where it is told to; NaN where it is not. */
    private static double tokens(Lookup root, Resolution resolution, String key) {
        Double batch = resolution.number("batchSize");
        Double sequence = resolution.number("sequenceLength");
        return batch == null || sequence == null ? Double.NaN : root.numberOr(Double.NaN, key) / (batch * sequence);
    }

    private static List<Finding> findings(Lookup root, Resolution.Builder to) {
        List<Finding> findings = new ArrayList<>();
        root.find("rampup_batch_size", "step_batch_size_schedule")
                .ifPresent(entry -> findings.add(new Finding(
                        "batch-ramp",
                        Severity.WARNING,
                        "batchSize",
                        "the batch grows" + growth(root, to.build()) + " during the run (" + entry.key()
                                + ") while η and λ stay: the timescale in tokens grows with it",
                        "wane plan says what λ belongs to each batch; or accept that the early part forgets faster",
                        "arXiv:2405.13698")));
        findings.addAll(mup(root, to));
        return findings;
    }

    /** Hidden matrices under Adam train at the learning rate over the width multiplier, with the same λ. */
    private static List<Finding> mup(Lookup root, Resolution.Builder to) {
        double width = root.numberOr(Double.NaN, "hidden_size") / root.numberOr(Double.NaN, "mup_base_hidden_size");
        return root.flag("use_mup") && "adam".equals(to.text("optimizer")) ? MupDecay.of(1 / width, to) : List.of();
    }

    /** {@code --rampup-batch-size START INCREMENT SAMPLES}. */
    private static String growth(Lookup root, Resolution resolution) {
        double start = root.find("rampup_batch_size").map(MegatronConfig::first).orElse(Double.NaN);
        Double end = resolution.number("batchSize");
        return end == null || !(start > 0)
                ? ""
                : " from " + plain(start) + " to " + plain(end) + ", " + plain(end / start) + " times,";
    }

    private static String plain(double value) {
        return new BigDecimal(value)
                .round(MathContext.DECIMAL32)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static double first(Lookup.Entry entry) {
        Node value = entry.value();
        Node start = value instanceof Node.Sequence list && !list.items().isEmpty()
                ? list.items().getFirst()
                : value;
        Double number = Lookup.number(start);
        return number == null ? Double.NaN : number;
    }
}
