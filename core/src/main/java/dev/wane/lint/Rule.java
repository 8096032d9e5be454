package dev.wane.lint;

import java.util.List;

/** One kind of mistake. A rule computes first and stays silent where a figure is unknown. */
public sealed interface Rule
        permits InertDecay,
                DominatingDecay,
                AdaptiveL2,
                AdamWZero,
                CopiedValue,
                UnitMismatch,
                ScheduleOutlives,
                Bfloat16LostDecay {
    /**
     * The name used in findings, suppressions and baselines.
     *
     * @return lower case with hyphens
     */
    String id();

    /**
     * What the rule is about, in one line.
     *
     * @return for people
     */
    String title();

    /**
     * Looks at a recipe.
     *
     * @param subject the recipe with its figures and context
     * @return what is wrong; empty if nothing
     */
    List<Finding> check(Subject subject);
}
