package dev.wane.formats.probe;

import dev.wane.groups.GroupPolicy;
import dev.wane.groups.NamedShape;
import dev.wane.groups.RoleGuess;
import dev.wane.groups.Siblings;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The groups that an optimizer really has. */
public record AsTrained(Probe probe, Map<String, ProbedParameter> byName) implements GroupPolicy {
    /** The policy of a probe. */
    public static AsTrained of(Probe probe) {
        return new AsTrained(
                probe,
                probe.parameters().stream()
                        .collect(Collectors.toMap(
                                each -> each.parameter().name(), Function.identity(), (first, second) -> first)));
    }

    @Override
    public String id() {
        return "as trained by " + probe.module() + "." + probe.type();
    }

    @Override
    public Decision decide(NamedShape parameter, RoleGuess role, Siblings siblings) {
        ProbedParameter held = byName.get(parameter.name());
        return held == null
                ? new Decision(false, "in no group: it is not trained")
                : new Decision(
                        probe.decays(held), "group " + held.group() + ", weight_decay " + weightDecay(held.group()));
    }

    private String weightDecay(int group) {
        double lambda = probe.weightDecay(group);
        return Double.isNaN(lambda) ? "not known to the probe" : String.valueOf(lambda);
    }
}
