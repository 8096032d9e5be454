package dev.wane.formats.diff;

import org.jspecify.annotations.Nullable;

/**
 * One quantity that differs.
 *
 * @param group of parameters
 * @param quantity its name
 * @param a on the first side; null where it is not said there
 * @param b on the second side; null where it is not said there
 * @param effect what follows, where it is known; may be empty
 */
public record Difference(
        String group,
        String quantity,
        @Nullable Object a,
        @Nullable Object b,
        String effect) {}
