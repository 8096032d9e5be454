package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * B = micro-batch · accumulation · data-parallel replicas, each with its origin. Devices that hold one model together, by
 * tensor or pipeline parallelism, are one replica.
 */
final class EffectiveBatch {
    private static final String WORLD_SIZE = "--world-size N (devices of the whole run)";

    private static final Pattern TIMM_LAUNCHER = Pattern.compile("distributed_train\\.sh\\s+(\\d{1,4})(\\s|$)");

    private EffectiveBatch() {}

    /** The data-parallel replicas of a run: the command line knows the devices best, then the file that launches it. */
    static void replicas(Resolution.Builder to, Sources sources, @Nullable Found<Double> launched, double perModel) {
        Found<Double> devices = sources.worldSize() != null
                ? new Found<>(sources.worldSize().doubleValue(), new Origin.Given("--world-size"))
                : launched != null ? launched : launchedByScript(new Lookup(sources.main()));
        if (devices == null || devices.value() == null) {
            to.put("replicas", null, new Origin.Unresolved(WORLD_SIZE));
        } else if (Double.isNaN(perModel)) {
            to.put("replicas", null, new Origin.Unresolved("a degree of model parallelism is not known"));
        } else if (perModel == 1) {
            to.known("replicas", devices, WORLD_SIZE);
        } else if (devices.value() % perModel != 0) {
            to.put(
                    "replicas",
                    null,
                    new Origin.Unresolved(devices.value() + " devices are no multiple of the " + (long) perModel
                            + " that hold one model: " + WORLD_SIZE));
        } else {
            String formula = devices.origin().text() + " / " + (long) perModel + " devices that hold one model";
            to.put("replicas", devices.value() / perModel, new Origin.Computed(formula));
        }
    }

    /** What a script asks of {@code torchrun}, {@code deepspeed} or {@code accelerate launch}; null where it launches nothing. */
    private static @Nullable Found<Double> launchedByScript(Lookup script) {
        Found<Double> all = script.number("num_processes");
        if (all != null && script.textOr("", "$command").contains("accelerate")) {
            return all;
        }
        Found<Double> processes = script.number("nproc_per_node", "num_gpus");
        Matcher timm = TIMM_LAUNCHER.matcher(script.textOr("", "$command"));
        if (processes == null && timm.find()) {
            return new Found<>(
                    Double.valueOf(timm.group(1)), new Origin.Computed("distributed_train.sh " + timm.group(1)));
        }
        Found<Double> nodes = script.number("nnodes", "num_nodes");
        if (processes != null && nodes == null && script.has("hostfile")) {
            return new Found<>(null, new Origin.Unresolved("as many nodes as the hostfile names"));
        }
        if (processes == null || nodes == null) {
            return processes;
        }
        Origin product = new Origin.Computed(
                processes.origin().text() + " · " + nodes.origin().text());
        return processes.value() == null || nodes.value() == null
                ? new Found<>(null, product)
                : new Found<>(processes.value() * nodes.value(), product);
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
