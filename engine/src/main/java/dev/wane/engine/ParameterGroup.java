package dev.wane.engine;

import java.util.List;

/**
 * Parameters that share a learning rate and a weight decay.
 *
 * @param role of all of them; its name is the group's name
 * @param parameters one or more
 * @param learningRate peak η, ≥ 0
 * @param weightDecay λ in the decoupled-lr convention, ≥ 0
 */
public record ParameterGroup(Role role, List<Parameter> parameters, double learningRate, double weightDecay) {
    public ParameterGroup {
        parameters = List.copyOf(parameters);
    }

    public String name() {
        return role.id();
    }
}
