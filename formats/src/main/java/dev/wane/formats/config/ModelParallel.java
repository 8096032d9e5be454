package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;

/** How many devices hold one model together, by the degrees that a trainer is given. */
final class ModelParallel {
    private ModelParallel() {}

    /** tensor · pipeline · context; NaN where a degree is written and not known. */
    static double devices(Lookup root) {
        return degree(root, "tensor_model_parallel_size", "model_parallel_size")
                * degree(root, "pipeline_model_parallel_size")
                * degree(root, "context_parallel_size");
    }

    /** A degree; 1 where none is written, NaN where it is not known. */
    static double degree(Lookup root, String... keys) {
        Found<Double> found = root.number(keys);
        return found == null ? 1 : found.value() == null ? Double.NaN : Math.max(1, found.value());
    }
}
