package dev.wane.lab.stats;

import java.util.Locale;

/** Whether an arm is as good as the best, by the interval of its regret. */
public enum Verdict {
    /** The whole interval is within the margin. */
    TRANSFERS,
    /** The whole interval is beyond the margin. */
    DOES_NOT_TRANSFER,
    /** The interval holds the margin: more seeds would be needed. */
    UNRESOLVED;

    public static Verdict of(Interval regret, double margin) {
        if (regret.high() <= margin) {
            return TRANSFERS;
        }
        return regret.low() > margin ? DOES_NOT_TRANSFER : UNRESOLVED;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
