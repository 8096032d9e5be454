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

    /** The replicas of a run that it launches, or may launch. */
    static void replicas(Resolution.Builder to, Sources sources) {
        Optional<Lookup> launcher = sources.beside(AccelerateConfig::recognises);
        EffectiveBatch.replicas(
                to,
                sources,
                launcher.map(root -> root.number("num_processes")).orElse(null),
                launcher.map(AccelerateConfig::perModel).orElse(1.0));
    }

    /** The processes that it launches; null where no launcher is beside. */
    static @Nullable Found<Double> launched(Sources sources) {
        return sources.beside(AccelerateConfig::recognises)
                .map(root -> root.number("num_processes"))
                .orElse(null);
    }

    private static double perModel(Lookup root) {
        return degree(root, "parallelism_config.parallelism_config_tp_size", "megatron_lm_config.megatron_lm_tp_degree")
                * degree(root, "parallelism_config.parallelism_config_cp_size")
                * degree(root, "parallelism_config.parallelism_config_sp_size")
                * degree(root, "megatron_lm_config.megatron_lm_pp_degree");
    }

    /** A degree of model parallelism; 1 where none is written. */
    static double degree(Lookup root, String... keys) {
        Found<Double> found = root.number(keys);
        return found == null || found.value() == null ? 1 : Math.max(1, found.value());
    }
}
