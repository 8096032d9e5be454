package dev.wane.lint;

import java.util.Locale;

/** How much a finding matters. */
public enum Severity {
    /** Worth knowing; nothing has to change. */
    INFO,
    /** Most probably not what was meant. */
    WARNING,
    /** Certainly wrong. */
    ERROR;

    /**
     * The name used in JSON and on the command line.
     *
     * @return lower case
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether this is at least as bad.
     *
     * @param other what to compare with
     * @return true if so
     */
    public boolean atLeast(Severity other) {
        return compareTo(other) >= 0;
    }
}
