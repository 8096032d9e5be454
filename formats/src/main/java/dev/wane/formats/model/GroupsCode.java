package dev.wane.formats.model;

import dev.wane.groups.DecayMap;

/** PyTorch code for the two groups of a decay map, by the names of the smaller one. */
public final class GroupsCode {
    private GroupsCode() {}

    /** A function that groups a model's parameters as the map does, and refuses a model with other names. */
    public static String of(DecayMap map) {
        StringBuilder names = new StringBuilder();
        map.entries().stream()
                .filter(entry -> !entry.rule().equals("not a parameter"))
                .forEach(entry -> names.append("    \"")
                        .append(entry.parameter().name().replace("\\", "\\\\").replace("\"", "\\\""))
                        .append("\": ")
                        .append(entry.decay() ? "True" : "False")
                        .append(",\n"));
        return """
                # Parameter groups under the policy %s: whether each parameter is decayed.
                DECAYED = {
                %s}


                def parameter_groups(model, weight_decay):
                    named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
                    unknown = [n for n, _ in named if n not in DECAYED]
                    if unknown:
                        raise KeyError(f"parameters that the decay map does not know: {unknown}")
                    return [
                        {"params": [p for n, p in named if DECAYED[n]], "weight_decay": weight_decay},
                        {"params": [p for n, p in named if not DECAYED[n]], "weight_decay": 0.0},
                    ]
                """.formatted(map.policy(), names);
    }
}
