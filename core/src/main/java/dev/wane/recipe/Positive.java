package dev.wane.recipe;

import org.jspecify.annotations.Nullable;

/** The check that most quantities share, written so that NaN fails it. */
final class Positive {
    private Positive() {}

    static void require(String name, @Nullable Double value) {
        if (value != null && !(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be finite and > 0, got " + value);
        }
    }
}
