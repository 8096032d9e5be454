package dev.wane.groups;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a model is decayed under a policy.
 *
 * @param policy the policy's name
 * @param entries one per parameter, in the model's order
 */
public record DecayMap(String policy, List<Entry> entries) {
    private static final Set<ParameterRole> NEVER =
            Set.of(ParameterRole.NORM, ParameterRole.BIAS, ParameterRole.SCALAR, ParameterRole.POSITION);

    /** Copies the entries. */
    public DecayMap {
        entries = List.copyOf(entries);
    }

    /**
     * One parameter.
     *
     * @param parameter name and shape
     * @param role what it seems to be, and why
     * @param decay whether the policy decays it
     * @param rule the policy's rule
     */
    public record Entry(NamedShape parameter, RoleGuess role, boolean decay, String rule) {
        /**
         * Whether the policy decays what is usually left out.
         *
         * @return true for a norm's gain, a bias, a scale or a table of positions that is decayed
         */
        public boolean missed() {
            return decay && NEVER.contains(role.role());
        }
    }

    /**
     * The map of a model.
     *
     * @param parameters in order
     * @param policy whose rules are applied
     * @return the map
     */
    public static DecayMap of(List<NamedShape> parameters, GroupPolicy policy) {
        Roles roles = Roles.of(parameters);
        Siblings siblings = Siblings.of(parameters);
        return new DecayMap(
                policy.id(),
                parameters.stream()
                        .map(parameter -> entry(parameter, roles.guess(parameter), policy, siblings))
                        .toList());
    }

    private static Entry entry(NamedShape parameter, RoleGuess role, GroupPolicy policy, Siblings siblings) {
        GroupPolicy.Decision decision = policy.decide(parameter, role, siblings);
        boolean trained = role.role() != ParameterRole.UNKNOWN || !role.reason().contains("buffer");
        return new Entry(parameter, role, decision.decay() && trained, trained ? decision.rule() : "not a parameter");
    }

    /**
     * How many parameters play each role.
     *
     * @return counts of those that occur
     */
    public Map<ParameterRole, Integer> counts() {
        Map<ParameterRole, Integer> counts = new EnumMap<>(ParameterRole.class);
        entries.forEach(entry -> counts.merge(entry.role().role(), 1, Integer::sum));
        return counts;
    }

    /**
     * What the policy decays and is usually left out.
     *
     * @return the entries, in order
     */
    public List<Entry> missed() {
        return entries.stream().filter(Entry::missed).toList();
    }
}
