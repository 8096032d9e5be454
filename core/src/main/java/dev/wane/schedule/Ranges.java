package dev.wane.schedule;

/** Checks that the shapes share; written so that NaN fails them. */
final class Ranges {
    private Ranges() {}

    static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be in [0, 1], got " + value);
        }
    }

    static void requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be finite and > 0, got " + value);
        }
    }

    static void requireSteps(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be >= 1, got " + value);
        }
    }

    /** A number of steps in a run of another length: rounded, at least one. */
    static long scaled(long steps, double ratio) {
        return Math.max(1, Math.round(steps * ratio));
    }
}
