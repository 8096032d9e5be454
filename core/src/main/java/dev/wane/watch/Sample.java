package dev.wane.watch;

/**
 * A logged number.
 *
 * @param step of the run
 * @param value may be NaN
 */
public record Sample(double step, double value) {}
