package dev.wane.groups;

/** Which parameters a trainer decays. */
public interface GroupPolicy {
    /**
     * The name used on the command line.
     *
     * @return lower case, or a file
     */
    String id();

    /**
     * Whether a parameter is decayed, and by which rule.
     *
     * @param parameter name and shape
     * @param role what it seems to be
     * @param siblings the names of the model's parameters
     * @return the decision
     */
    Decision decide(NamedShape parameter, RoleGuess role, Siblings siblings);

    /**
     * A decision and the rule behind it.
     *
     * @param decay whether it is decayed
     * @param rule in a few words
     */
    record Decision(boolean decay, String rule) {}
}
