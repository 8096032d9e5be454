package dev.wane.engine;

import dev.wane.model.ModelSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Parameter groups: matrices are decayed, everything else is not, and the logit gain has its own learning rate. */
public final class Groups {
    private Groups() {}

    /** One group per role that the model has. */
    public static List<ParameterGroup> of(Model model, ModelSpec spec, double learningRate, double weightDecay) {
        List<ParameterGroup> groups = new ArrayList<>();
        Arrays.stream(Role.values()).forEach(role -> {
            List<Parameter> members = model.parameters().stream()
                    .filter(parameter -> parameter.role() == role)
                    .toList();
            if (!members.isEmpty()) {
                double rate = role == Role.GAIN ? spec.gainLearningRate() : learningRate;
                groups.add(new ParameterGroup(role, members, rate, role.decayed() ? weightDecay : 0));
            }
        });
        return groups;
    }
}
