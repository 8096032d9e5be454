package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The YAML that {@code accelerate launch} takes: how many processes run. */
final class AccelerateConfig {
    private AccelerateConfig() {}

    static boolean recognises(Lookup root) {
        return root.has("distributed_type") && root.has("num_processes", "num_machines", "compute_environment");
    }

    /**
     * The replicas of a run that it launches, or may launch.
     *
     * @param perModel devices that hold one model, by the trainer's own arguments
     */
    static void replicas(Resolution.Builder to, Sources sources, double perModel) {
        Optional<Lookup> launcher = sources.beside(AccelerateConfig::recognises);
        EffectiveBatch.replicas(
                to,
                sources,
                launcher.map(root -> root.number("num_processes")).orElse(null),
                perModel * launcher.map(AccelerateConfig::perModel).orElse(1.0));
    }

    /** The processes that it launches; null where no launcher is beside. */
    static @Nullable Found<Double> launched(Sources sources) {
        return sources.beside(AccelerateConfig::recognises)
                .map(root -> root.number("num_processes"))
                .orElse(null);
    }

    private static double perModel(Lookup root) {
        return ModelParallel.degree(
                        root,
                        "parallelism_config.parallelism_config_tp_size",
                        "megatron_lm_config.megatron_lm_tp_degree")
                * ModelParallel.degree(root, "parallelism_config.parallelism_config_cp_size")
                * ModelParallel.degree(root, "parallelism_config.parallelism_config_sp_size")
                * ModelParallel.degree(root, "megatron_lm_config.megatron_lm_pp_degree");
    }
}
