package dev.wane.lint;

import java.util.List;

/** Every rule that looks at a recipe. */
public final class Rules {
    private static final List<Rule> ALL = List.of(
            new InertDecay(),
            new DominatingDecay(),
            new AdaptiveL2(),
            new AdamWZero(),
            new CopiedValue(),
            new UnitMismatch(),
            new ScheduleOutlives(),
            new Bfloat16LostDecay());

    private Rules() {}

    /**
     * The rules, in the order of their findings.
     *
     * @return an immutable list
     */
    public static List<Rule> all() {
        return ALL;
    }

    /**
     * What all of them find.
     *
     * @param subject the recipe with its figures and context
     * @return findings in the order of the rules
     */
    public static List<Finding> check(Subject subject) {
        return ALL.stream().flatMap(rule -> rule.check(subject).stream()).toList();
    }
}
