package dev.wane.formats.log;

/**
 * A number that a run wrote down.
 *
 * @param name as the run calls it
 * @param step of the run; NaN where the log does not say
 * @param value may be NaN
 */
public record Logged(String name, double step, double value) {}
