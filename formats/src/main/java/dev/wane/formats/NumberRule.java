package dev.wane.formats;

import java.util.function.DoublePredicate;

/** A range for a number, written so that NaN fails it. */
public enum NumberRule {
    ANY("of any size", x -> true),
    POSITIVE("finite and > 0", x -> x > 0 && x < Double.POSITIVE_INFINITY),
    NON_NEGATIVE("finite and >= 0", x -> x >= 0 && x < Double.POSITIVE_INFINITY),
    SHARE("in [0, 1)", x -> x >= 0 && x < 1),
    CLOSED_SHARE("in [0, 1]", x -> x >= 0 && x <= 1),
    ABOVE_ONE("finite and > 1", x -> x > 1 && x < Double.POSITIVE_INFINITY);

    private final String text;

    @SuppressWarnings("ImmutableEnumChecker")
    private final DoublePredicate test;

    NumberRule(String text, DoublePredicate test) {
        this.text = text;
        this.test = test;
    }

    boolean holds(double value) {
        return test.test(value);
    }

    @Override
    public String toString() {
        return text;
    }
}
