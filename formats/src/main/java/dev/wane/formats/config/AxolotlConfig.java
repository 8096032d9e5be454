package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Optimizer;
import dev.wane.lint.Context;
import dev.wane.lint.Finding;
import dev.wane.schedule.Schedule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** axolotl's YAML: Hugging Face's trainer under other names. */
final class AxolotlConfig implements ConfigFormat {
    @Override
    public String id() {
        return "axolotl";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.has("base_model") && root.has("micro_batch_size", "num_epochs", "datasets");
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = SchedulerArguments.in(new Lookup(sources.main()));
        Resolution.Builder to = new Resolution.Builder(Defaults.of(id(), sources));
        to.text("optimizer", root, "optimizer")
                .known("learningRate", root.number("learning_rate"), "learning_rate is required")
                .number("weightDecay", root, "weight_decay")
                .number("beta1", root, "adam_beta1")
                .number("beta2", root, "adam_beta2")
                .number("eps", root, "adam_epsilon");
        if (root.flag("auto_find_batch_size")) {
            to.put("microBatchSize", null, new Origin.Unresolved("auto_find_batch_size decides at run time"));
        } else {
            to.number("microBatchSize", root, "micro_batch_size");
        }
        if (!root.has("gradient_accumulation_steps") && root.has("batch_size")) {
            to.put(
                    "accumulation",
                    null,
                    new Origin.Unresolved("gradient_accumulation_steps: batch_size alone is ambiguous"));
        } else {
            to.number("accumulation", root, "gradient_accumulation_steps");
        }
        EffectiveBatch.replicas(
                to,
                sources,
                AccelerateConfig.launched(sources),
                ModelParallel.degree(root, "tensor_parallel_size")
                        * ModelParallel.degree(root, "context_parallel_size", "sequence_parallel_degree"));
        EffectiveBatch.product(to);
        length(root, sources, to);
        Optional<Lookup> deepSpeed = DeepSpeedBeside.of(sources, root);
        DeepSpeedBeside.unread(root, deepSpeed, to);
        List<Finding> contradictions = DeepSpeedBeside.contradictions(deepSpeed, to.build());
        Optional<Optimizer> row = DeepSpeedBeside.optimizer(
                deepSpeed, Optional.ofNullable(to.text("optimizer")).flatMap(HfOptim::row), to);
        Resolution resolution = to.build();
        return ResolvedConfig.of(
                id(),
                to,
                row,
                all -> schedule(root, all),
                new Context(true, root.has("adapter"), false, resolution.given("weightDecay"), false),
                Stream.of(contradictions, DeepSpeedBeside.findings(deepSpeed, resolution), LoraPlus.findings(root))
                        .flatMap(List::stream)
                        .toList());
    }

    /** A constant share at the end of a cosine ends it before the run. */
    private static @Nullable Schedule schedule(Lookup root, Resolution resolution) {
        if (root.has("jagged_restart_steps", "relora_steps")
                || root.flag("lr_quadratic_warmup")
                || !SchedulerArguments.followed(root, String.valueOf(resolution.text("schedule")))) {
            return null;
        }
        long steps = ScheduleResolver.steps(resolution);
        Schedule schedule = ScheduleResolver.of(resolution, steps);
        double share = root.numberOr(1, "cosine_constant_lr_ratio");
        return schedule == null
                        || share >= 1
                        || share <= 0
                        || root.numberOr(0, "cosine_min_lr_ratio") <= 0
                        || steps == 0
                        || !"cosine".equals(resolution.text("schedule"))
                ? schedule
                : ScheduleResolver.until(schedule, share * steps, steps);
    }

    private static @Nullable Found<Double> floor(Lookup root, Resolution.Builder to) {
        boolean cosine = "cosine".equals(to.text("schedule"));
        return cosine && root.has("cosine_min_lr_ratio")
                ? root.number("cosine_min_lr_ratio")
                : root.number("lr_scheduler_kwargs.min_lr_rate", "lr_scheduler_kwargs.min_lr_ratio");
    }

    private static void length(Lookup root, Sources sources, Resolution.Builder to) {
        Found<Double> steps = root.number("max_steps");
        if (steps != null && steps.value() != null && steps.value() > 0) {
            to.known("steps", steps, "");
        } else {
            to.number("epochs", root, "num_epochs");
        }
        to.put(
                "datasetSize",
                sources.datasetSize(),
                sources.datasetSize() == null
                        ? new Origin.Unresolved("--dataset-size N (samples per epoch, after packing)")
                        : new Origin.Given("--dataset-size"));
        if (root.has("sequence_len")) {
            to.known("sequenceLength", root.number("sequence_len"), "");
        }
        to.text("schedule", root, "lr_scheduler")
                .optional("cycles", root.number("lr_scheduler_kwargs.num_cycles"))
                .optional("decaySteps", root.number("lr_scheduler_kwargs.num_decay_steps"))
                .optional("stableSteps", root.number("lr_scheduler_kwargs.num_stable_steps"))
                .optional("decayStyle", root.text("lr_scheduler_kwargs.decay_type"))
                .optional("floor", floor(root, to));
        boolean share = root.numberOr(1, "warmup_steps") > 0 && root.numberOr(1, "warmup_steps") < 1;
        to.optional(share ? "warmupRatio" : "warmupSteps", root.number("warmup_steps"))
                .optional("warmupRatio", root.number("warmup_ratio"));
        double run = ScheduleResolver.steps(to.build());
        if (!root.has("warmup_steps", "warmup_ratio") && run > 0) {
            to.put(
                    "warmupSteps",
                    Math.floor(Math.min(0.03 * run, 100)),
                    new Origin.DefaultOf("axolotl: 3 % of the run, at most 100 steps"));
        }
    }
}
