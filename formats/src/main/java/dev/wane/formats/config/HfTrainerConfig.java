package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Family;
import dev.wane.framework.Optimizer;
import dev.wane.lint.Context;
import dev.wane.lint.Finding;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code TrainingArguments} of Hugging Face's trainer, in YAML or JSON: also what alignment-handbook, TRL and
 * LLaMA-Factory write around them. A DeepSpeed file beside it decides where it has an optimizer of its own.
 */
final class HfTrainerConfig implements ConfigFormat {
    /** Arguments of other programs that share some names: diffusers, DeepSpeed-Chat, Open Instruct, LLaMA-Factory's second version. */
    private static final String[] OTHERS = {
        "num_epochs",
        "num_warmup_epochs",
        "total_episodes",
        "num_warmup_steps",
        "lr_warmup_steps",
        "train_batch_size",
        "max_train_steps",
        "adam_weight_decay",
        "actor_learning_rate",
        "actor_weight_decay",
        "lr",
        "optim_config",
        "dist_config"
    };
    /** Others are made without the trainer's betas and ε. */
    private static final Set<Family> WITH_BETAS = Set.of(Family.ADAM, Family.LION, Family.LAMB);

    /** Keys of TRL's trainers, whose learning rate is another where none is written. */
    private static final String[] TRL_KEYS = {
        "num_generations",
        "max_prompt_length",
        "max_completion_length",
        "loss_type",
        "dataset_text_field",
        "rpo_alpha",
        "packing",
        "assistant_only_loss",
        "completion_only_loss"
    };

    private static final String DATASET = "--dataset-size N (samples per epoch)";

    @Override
    public String id() {
        return "hf-trainer";
    }

    @Override
    public boolean recognises(Lookup root) {
        boolean batch = root.has("per_device_train_batch_size", "per_gpu_train_batch_size", "auto_find_batch_size");
        boolean rate = root.has("learning_rate", "lr_scheduler_type", "optim", "warmup_ratio", "weight_decay");
        boolean length = root.has("num_train_epochs", "max_steps");
        if (root.has(OTHERS) && !isDump(root)) {
            return false;
        }
        boolean ownBatch = root.has("batch_size", "micro_batch_size", "global_batch_size");
        return (batch && (rate || length))
                || (rate && length && !ownBatch && root.has("output_dir", "model_name_or_path"));
    }

    /** All arguments as its W&B callback wrote them until 4.32, with the batch of a process beside. */
    private static boolean isDump(Lookup root) {
        return List.of(
                        "train_batch_size",
                        "eval_batch_size",
                        "per_device_train_batch_size",
                        "lr_scheduler_type",
                        "optim",
                        "output_dir")
                .stream()
                .allMatch(root::has);
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = SchedulerArguments.in(new Lookup(sources.main()));
        Optional<Lookup> deepSpeed = DeepSpeedBeside.of(sources, root);
        Resolution.Builder to = new Resolution.Builder(TrainerDefaults.of(root, sources));
        Optional<Optimizer> trainers = optimizer(root, deepSpeed, to);
        List<Finding> contradictions = DeepSpeedBeside.contradictions(deepSpeed, to.build());
        Optional<Optimizer> row = DeepSpeedBeside.optimizer(deepSpeed, trainers, to);
        batch(root, deepSpeed, sources, to);
        length(root, sources, to);
        schedule(root, to);
        Optional<Lookup> scheduler = deepSpeed.filter(file -> file.has("scheduler.type"));
        scheduler.ifPresent(file -> to.optional("schedule", file.text("scheduler.type")));
        Resolution resolution = to.build();
        long steps = ScheduleResolver.steps(resolution);
        return ResolvedConfig.of(
                id(),
                to,
                row,
                all -> DeepSpeedBeside.isUnread(all)
                        ? null
                        : scheduler.isPresent()
                                ? DeepSpeedConfig.schedule(scheduler.get(), ScheduleResolver.warmup(all, steps), steps)
                                : SchedulerArguments.followed(root, String.valueOf(all.text("schedule")))
                                        ? ScheduleResolver.of(all, steps)
                                        : null,
                context(root, deepSpeed.isEmpty() && alone(sources), resolution),
                Stream.of(contradictions, DeepSpeedBeside.findings(deepSpeed, resolution), LoraPlus.findings(root))
                        .flatMap(List::stream)
                        .toList());
    }

    /** Whether no launcher wraps the optimizer: DeepSpeed and FSDP keep single-precision masters. */
    private static boolean alone(Sources sources) {
        return sources.beside(AccelerateConfig::recognises)
                .map(file -> !file.textOr("", "distributed_type").matches("DEEPSPEED|FSDP"))
                .orElse(sources.worldSize() != null && sources.worldSize() == 1);
    }

    private static Optional<Optimizer> optimizer(Lookup root, Optional<Lookup> deepSpeed, Resolution.Builder to) {
        HfOptim.resolve(root, to);
        Optional<Optimizer> row = Optional.ofNullable(to.text("optimizer")).flatMap(HfOptim::row);
        Optional<String> trl = TrainerDefaults.ofTrl(root);
        if (!root.has("learning_rate") && trl.isPresent()) {
            Quantity rate = to.defaults().beside("trl").quantity(trl.get());
            to.put("learningRate", rate.value(), rate.origin());
        } else if (!root.has("learning_rate") && root.has(TRL_KEYS)) {
            to.put(
                    "learningRate",
                    null,
                    new Origin.Unresolved("learning_rate: TRL's trainers have defaults of their own"));
        } else {
            to.number("learningRate", root, "learning_rate");
        }
        to.number("weightDecay", root, "weight_decay");
        if (row.map(Optimizer::familyOrSgd).map(WITH_BETAS::contains).orElse(true)) {
            to.number("beta1", root, "adam_beta1")
                    .number("beta2", root, "adam_beta2")
                    .number("eps", root, "adam_epsilon");
        }
        microBatch(root, to);
        DeepSpeedBeside.unread(root, deepSpeed, to);
        return row;
    }

    private static void microBatch(Lookup root, Resolution.Builder to) {
        if (root.flag("auto_find_batch_size")) {
            to.put("microBatchSize", null, new Origin.Unresolved("auto_find_batch_size decides at run time"));
        } else {
            to.number("microBatchSize", root, "per_gpu_train_batch_size", "per_device_train_batch_size");
        }
        to.number("accumulation", root, "gradient_accumulation_steps");
        if ("to-16".equals(to.text("accumulation"))) {
            to.put(
                    "accumulation",
                    null,
                    new Origin.Unresolved("gradient_accumulation_steps: as many as make a batch of 16"));
        }
    }

    private static void batch(Lookup root, Optional<Lookup> deepSpeed, Sources sources, Resolution.Builder to) {
        AccelerateConfig.replicas(
                to,
                sources,
                ModelParallel.devices(root)
                        * (ModelParallel.degree(root, "expert_model_parallel_size") == 1 ? 1 : Double.NaN)
                        * deepSpeed.map(DeepSpeedConfig::perModel).orElse(1.0));
        if (root.flag("accelerator_config.split_batches")) {
            to.put("replicas", 1.0, new Origin.Computed("split_batches: the devices share the micro-batch"));
        }
        Found<Double> whole =
                deepSpeed.map(file -> file.number("train_batch_size")).orElse(null);
        if (whole != null && whole.value() != null) {
            to.known("batchSize", whole, "");
        } else {
            EffectiveBatch.product(to);
        }
    }

    private static void length(Lookup root, Sources sources, Resolution.Builder to) {
        Found<Double> steps = root.number("max_steps");
        if (steps != null && (steps.value() == null || steps.value() > 0)) {
            to.known("steps", steps, "");
        } else if (steps == null && TrainerDefaults.qlora(root)) {
            to.byDefault("steps");
        } else {
            to.number("epochs", root, "num_train_epochs");
        }
        Found<Double> generations = root.number("num_generations");
        if (sources.datasetSize() != null && generations != null) {
            to.put(
                    "datasetSize",
                    generations.value() == null ? null : sources.datasetSize() * generations.value(),
                    new Origin.Computed("--dataset-size · num_generations: a batch counts completions"));
        } else if (sources.datasetSize() != null) {
            to.put("datasetSize", sources.datasetSize(), new Origin.Given("--dataset-size"));
        } else {
            to.put("datasetSize", null, new Origin.Unresolved(DATASET));
        }
        if (root.flag("dataloader_drop_last")) {
            to.put(
                    "dropLast",
                    "true",
                    Objects.requireNonNull(root.text("dataloader_drop_last")).origin());
        }
        to.optional("sequenceLength", sequence(root));
    }

    /** Samples that are not packed are as long as they are: what is written is the most. */
    private static @Nullable Found<Double> sequence(Lookup root) {
        return root.flag("packing") || root.flag("neat_packing")
                ? root.number("max_seq_length", "max_length", "cutoff_len", "block_size")
                : root.number("block_size");
    }

    private static void schedule(Lookup root, Resolution.Builder to) {
        to.text("schedule", root, "lr_scheduler_type");
        warmup(root, to);
        to.optional("floor", floor(root));
        to.optional("cycles", root.number("lr_scheduler_kwargs.num_cycles"));
        to.optional("decaySteps", root.number("lr_scheduler_kwargs.num_decay_steps"))
                .optional("stableSteps", root.number("lr_scheduler_kwargs.num_stable_steps"))
                .optional("decayStyle", root.text("lr_scheduler_kwargs.decay_type"));
    }

    /** A ratio counts where no steps are written; since version 5 a fraction may stand in {@code warmup_steps} itself. */
    private static void warmup(Lookup root, Resolution.Builder to) {
        Found<Double> steps = root.number("warmup_steps");
        if (steps != null && steps.value() != null && steps.value() > 0 && steps.value() < 1) {
            to.known("warmupRatio", steps, "");
            return;
        }
        if (steps != null && steps.value() != null && steps.value() > 0 && root.numberOr(0, "warmup_ratio") > 0) {
            to.put(
                    "warmupSteps",
                    null,
                    new Origin.Unresolved(
                            "warmup_steps and warmup_ratio: until version 5 the steps count, then the ratio"));
            return;
        }
        if (root.has(HfSectionConfig.SECTION) && root.has("warmup_steps", "warmup_ratio")) {
            to.optional("warmupSteps", steps).optional("warmupRatio", root.number("warmup_ratio"));
            return;
        }
        to.number("warmupSteps", root, "warmup_steps").number("warmupRatio", root, "warmup_ratio");
    }

    /** {@code min_lr} is a rate, {@code min_lr_rate} a share of the peak. */
    private static @Nullable Found<Double> floor(Lookup root) {
        Found<Double> rate = root.number("lr_scheduler_kwargs.min_lr", "lr_scheduler_kwargs.lr_end");
        Found<Double> peak = root.number("learning_rate");
        if (rate == null || rate.value() == null || peak == null || peak.value() == null || peak.value() <= 0) {
            return root.number("lr_scheduler_kwargs.min_lr_rate", "lr_scheduler_kwargs.min_lr_ratio");
        }
        return new Found<>(rate.value() / peak.value(), rate.origin());
    }

    private static Context context(Lookup root, boolean alone, Resolution resolution) {
        boolean adapter = Adapters.in(root);
        boolean bfloat = is(root.text("torch_dtype", "dtype"), "bfloat16")
                && alone
                && !adapter
                && !root.has("fsdp")
                && resolution.given("optimizer")
                && "adamw_torch".equals(resolution.text("optimizer"));
        boolean pretrained = root.has("model_name_or_path")
                || (TrainerDefaults.swift(root) && root.has("model", "model_id_or_path", "model_type"));
        return new Context(pretrained, adapter, false, resolution.given("weightDecay"), bfloat);
    }

    private static boolean is(@Nullable Found<String> found, String value) {
        return found != null && value.equals(found.value());
    }
}
