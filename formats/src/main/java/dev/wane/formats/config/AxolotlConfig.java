package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Optimizer;
import dev.wane.lint.Context;
import java.util.List;
import java.util.Optional;

/** axolotl's YAML: Hugging Face's trainer under other names. */
final class AxolotlConfig implements ConfigFormat {
    private static final String PROGRAM = "axolotl";

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
        Lookup root = new Lookup(sources.main());
        Resolution.Builder to = new Resolution.Builder();
        to.text("optimizer", root, PROGRAM, "adamw_torch_fused", "optimizer")
                .known("learningRate", root.number("learning_rate"), "learning_rate is required")
                .number("weightDecay", root, PROGRAM, 0, "weight_decay")
                .number("beta1", root, PROGRAM, 0.9, "adam_beta1")
                .number("beta2", root, PROGRAM, 0.999, "adam_beta2")
                .number("eps", root, PROGRAM, 1e-8, "adam_epsilon")
                .known("microBatchSize", root.number("micro_batch_size"), "micro_batch_size is required")
                .number("accumulation", root, PROGRAM, 1, "gradient_accumulation_steps");
        EffectiveBatch.replicas(
                to,
                sources,
                AccelerateConfig.launched(sources),
                AccelerateConfig.degree(root, "tensor_parallel_size")
                        * AccelerateConfig.degree(root, "context_parallel_size", "sequence_parallel_degree"));
        EffectiveBatch.product(to);
        length(root, sources, to);
        Resolution resolution = to.build();
        Optional<Optimizer> row =
                Optional.ofNullable(resolution.text("optimizer")).flatMap(HfOptim::row);
        return ResolvedConfig.of(
                id(),
                to,
                row,
                all -> ScheduleResolver.of(all, ScheduleResolver.steps(all)),
                new Context(true, root.has("adapter"), false, resolution.given("weightDecay"), false),
                List.of());
    }

    private static void length(Lookup root, Sources sources, Resolution.Builder to) {
        Found<Double> steps = root.number("max_steps");
        if (steps != null && steps.value() != null && steps.value() > 0) {
            to.known("steps", steps, "");
        } else {
            to.number("epochs", root, PROGRAM, 1, "num_epochs");
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
        to.text("schedule", root, PROGRAM, "cosine", "lr_scheduler")
                .optional("floor", root.number("cosine_min_lr_ratio"))
                .optional("warmupSteps", root.number("warmup_steps"))
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
