package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Optimizer;
import dev.wane.lint.Context;
import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** litgpt's YAML, whose optimizer is a name or a class with its arguments, over all parameters. */
final class LitgptConfig implements ConfigFormat {
    @Override
    public String id() {
        return "litgpt";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.has("train.global_batch_size", "train.micro_batch_size")
                && root.has("optimizer", "model_name", "checkpoint_dir", "train.learning_rate")
                && !root.has("train.train_iters");
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Resolution.Builder to =
                new Resolution.Builder(Defaults.of(pretraining(root) ? "litgpt-pretrain" : "litgpt", sources));
        Optional<Optimizer> row = ClassPath.optimizer(root, to, "AdamW");
        to.optional("learningRate", root.number("train.learning_rate"));
        if (root.has("train.learning_rate", "train.weight_decay", "train.beta2")) {
            to.number("weightDecay", root, "train.weight_decay")
                    .number("beta1", root, "train.beta1")
                    .number("beta2", root, "train.beta2");
        }
        batch(root, to);
        to.optional("sequenceLength", root.number("train.max_seq_length")).datasetSize(sources);
        length(root, to);
        boolean pretraining = pretraining(root);
        boolean adapter = root.has("lora_r", "lora_alpha");
        List<Finding> findings = adapter
                ? List.of()
                : List.of(DecayedVectors.of(
                        Severity.INFO,
                        "one λ for all parameters: norm gains and embeddings are decayed too",
                        "Lightning-AI/litgpt, litgpt/pretrain.py"));
        return ResolvedConfig.of(
                id(),
                to,
                row,
                resolution -> schedule(root, resolution, pretraining, to.defaults()),
                new Context(!pretraining || adapter, adapter, false, to.build().given("weightDecay"), false),
                findings);
    }

    /** What the devices can share out evenly: global // devices // micro, times both. */
    private static void batch(Lookup root, Resolution.Builder to) {
        to.number("batchSize", root, "train.global_batch_size");
        Double whole = to.number("batchSize");
        double micro = root.numberOr(to.defaults().number("microBatchSize"), "train.micro_batch_size");
        double devices = root.numberOr(Double.NaN, "devices") * root.numberOr(1, "num_nodes");
        if (whole == null || !(micro >= 1)) {
            return;
        }
        if (devices >= 1 && whole % (devices * micro) != 0) {
            double even = Math.max(1, Math.floor(Math.floor(whole / devices) / micro)) * micro * devices;
            to.put(
                    "batchSize",
                    even,
                    new Origin.Computed("train.global_batch_size // devices // micro_batch_size, times both"));
        } else if (Double.isNaN(devices) && whole % micro != 0) {
            to.put("batchSize", null, new Origin.Unresolved("devices, by which the batch is shared out"));
        }
    }

    private static boolean pretraining(Lookup root) {
        return root.has("train.max_tokens") || (root.has("model_name") && !root.has("train.epochs"));
    }

    /** Pre-training counts tokens where it is told them. */
    private static void length(Lookup root, Resolution.Builder to) {
        Found<Double> steps = root.number("train.max_steps");
        Found<Double> tokens = root.number("train.max_tokens");
        Double batch = to.number("batchSize");
        Double sequence = to.number("sequenceLength");
        if (pretraining(root) && (tokens == null || tokens.value() == null || sequence == null)) {
            to.put("steps", null, new Origin.Unresolved("train.max_tokens and train.max_seq_length"));
        } else if (steps != null && steps.value() != null && tokens == null) {
            first(root, to, steps.value(), steps);
        } else if (tokens != null && tokens.value() != null && batch != null && sequence != null) {
            to.put(
                    "steps",
                    Math.floor(tokens.value() / (batch * sequence)),
                    new Origin.Computed("train.max_tokens / (batchSize · sequenceLength), whole steps"));
        } else {
            to.number("epochs", root, "train.epochs");
        }
    }

    /** Of epochs and steps the first that is reached. */
    private static void first(Lookup root, Resolution.Builder to, double most, Found<Double> steps) {
        double epochs = root.numberOr(to.defaults().number("epochs"), "train.epochs")
                * ScheduleResolver.stepsPerEpoch(to.build());
        if (!root.has("train.epochs")) {
            to.known("steps", steps, "");
        } else if (epochs == 0) {
            to.put("steps", null, new Origin.Unresolved("epochs or max_steps, the first reached: --dataset-size N"));
        } else if (epochs < most) {
            to.number("epochs", root, "train.epochs");
        } else {
            to.known("steps", steps, "");
        }
    }

    /** Pre-training ends at {@code min_lr}, fine-tuning at 0; both are a cosine after a linear warm-up. */
    private static @Nullable Schedule schedule(
            Lookup root, Resolution resolution, boolean pretraining, Defaults defaults) {
        if (root.numberOr(0, "train.lr_warmup_fraction") > 0 && ScheduleResolver.stepsPerEpoch(resolution) == 0) {
            return null;
        }
        Double peak = resolution.number("learningRate");
        double least = pretraining ? root.numberOr(defaults.number("floorRate"), "train.min_lr") : 0;
        double floor = pretraining && peak != null && peak > 0 ? Math.min(1, Math.max(0, least / peak)) : 0;
        return new Schedule(new Cosine(floor), warmup(root, resolution, defaults));
    }

    /** A fraction is of an epoch. */
    private static long warmup(Lookup root, Resolution resolution, Defaults defaults) {
        double share = root.numberOr(0, "train.lr_warmup_fraction");
        return share > 0
                ? (long) Math.ceil(share * ScheduleResolver.stepsPerEpoch(resolution))
                : (long) Math.max(0, root.numberOr(defaults.number("warmupSteps"), "train.lr_warmup_steps"));
    }
}
