package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import org.jspecify.annotations.Nullable;

/** B = micro-batch · accumulation · data-parallel devices, each with its origin; tensor and pipeline parallelism do not multiply. */
final class EffectiveBatch {
    private static final String WORLD_SIZE = "--world-size N (data-parallel devices)";

    private EffectiveBatch() {}

    /** The number of data-parallel devices: the command line knows best, then the file that launches the run. */
    static void replicas(Resolution.Builder to, Sources sources, @Nullable Found<Double> launched) {
        if (sources.worldSize() != null) {
            to.put("replicas", sources.worldSize().doubleValue(), new Origin.Given("--world-size"));
        } else {
            to.known("replicas", launched, WORLD_SIZE);
        }
    }

    /** The product of what was resolved before; unresolved where a factor is. */
    static void product(Resolution.Builder to) {
        Double micro = to.number("microBatchSize");
        Double accumulation = to.number("accumulation");
        Double replicas = to.number("replicas");
        if (micro == null || accumulation == null) {
            to.put("batchSize", null, new Origin.Unresolved("the trainer's own arguments, --with FILE"));
        } else if (replicas == null) {
            to.put("batchSize", null, new Origin.Unresolved(WORLD_SIZE));
        } else {
            to.put(
                    "batchSize",
                    micro * accumulation * replicas,
                    new Origin.Computed("microBatchSize · accumulation · replicas"));
        }
    }
}
