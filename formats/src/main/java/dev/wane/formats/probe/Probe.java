package dev.wane.formats.probe;

import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an optimizer really has, as its probe's first line says.
 *
 * @param type the optimizer's class
 * @param module where the class is from
 * @param groups settings of each group, by the optimizer's own names; numbers, texts, booleans and lists
 * @param parameters group by group
 * @param leftOut parameters that ask for a gradient and are in no group
 * @param modules of the model, in the order in which it registers them
 * @param worldSize processes
 * @param torch its version
 * @param frozen numbers of the model that ask for no gradient
 * @param loadedFrom what the model says it was loaded from; empty where it says nothing
 * @param fresh whether its normalisations are as no training leaves them
 */
public record Probe(
        String type,
        String module,
        List<Map<String, Object>> groups,
        List<ProbedParameter> parameters,
        List<String> leftOut,
        List<ProbedModule> modules,
        int worldSize,
        String torch,
        double frozen,
        String loadedFrom,
        boolean fresh) {
    public Probe {
        groups = List.copyOf(groups);
        parameters = List.copyOf(parameters);
        leftOut = List.copyOf(leftOut);
        modules = List.copyOf(modules);
    }

    /** The registry's row of torch's own optimizers, optax' and timm's; empty for others. */
    public Optional<Optimizer> row() {
        String id = type.toLowerCase(Locale.ROOT);
        if (module.startsWith("torch.optim")) {
            boolean decoupled =
                    id.equals("adam") && Boolean.TRUE.equals(groups.getFirst().get("decoupled_weight_decay"));
            return Registry.find("torch", decoupled ? "adamw" : id);
        }
        return module.startsWith("timm.")
                ? Registry.find("timm", id)
                : module.equals("optax") ? Registry.find("optax", id) : Optional.empty();
    }

    /** λ of a group; 0 where it has none, NaN where its probe could not tell. */
    public double weightDecay(int group) {
        if ("unknown".equals(groups.get(group).get("decay"))) {
            return Double.NaN;
        }
        return groups.get(group).get("weight_decay") instanceof Number number ? number.doubleValue() : 0;
    }

    /**
     * Whether a group's decay is known to be an operation of its own, rounded before the update: torch's and timm's are, unless
     * fused into one kernel. A compiled step cannot be told from others.
     */
    public boolean decaysApart(int group) {
        return (module.startsWith("torch.optim") || module.startsWith("timm."))
                && !Boolean.TRUE.equals(groups.get(group).get("fused"));
    }

    /**
     * Whether a parameter decays, for all that is known. torch's optimizers pass over what asks for no gradient; a chain of optax
     * may decay it.
     */
    public boolean decays(ProbedParameter parameter) {
        return (parameter.trained() || module.equals("optax")) && !(weightDecay(parameter.group()) <= 0);
    }
}
