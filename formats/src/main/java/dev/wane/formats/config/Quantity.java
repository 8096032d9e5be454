package dev.wane.formats.config;

import org.jspecify.annotations.Nullable;

/**
 * One resolved quantity.
 *
 * @param name as in a recipe
 * @param value a Double, String or Boolean; null where it is unresolved
 */
public record Quantity(String name, @Nullable Object value, Origin origin) {}
