package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import org.jspecify.annotations.Nullable;

/** The YAML that {@code accelerate launch} takes: how many processes run. */
final class AccelerateConfig {
    private AccelerateConfig() {}

    static boolean recognises(Lookup root) {
        return root.has("distributed_type") && root.has("num_processes", "num_machines", "compute_environment");
    }

    /** Processes over all machines. Tensor and pipeline parallel ones hold one sample together. */
    static @Nullable Found<Double> replicas(Lookup root) {
        Found<Double> processes = root.number("num_processes");
        Found<Double> tensor = root.number(
                "parallelism_config.parallelism_config_tp_size", "megatron_lm_config.megatron_lm_tp_degree");
        Found<Double> pipeline = root.number("megatron_lm_config.megatron_lm_pp_degree");
        if (processes == null || processes.value() == null) {
            return null;
        }
        double model = degree(tensor) * degree(pipeline);
        return model == 1
                ? processes
                : new Found<>(
                        processes.value() / model,
                        new Origin.Computed(processes.origin().text() + " / model-parallel degree " + (long) model));
    }

    private static double degree(@Nullable Found<Double> found) {
        return found == null || found.value() == null ? 1 : found.value();
    }
}
