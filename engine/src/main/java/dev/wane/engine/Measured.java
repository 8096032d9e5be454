package dev.wane.engine;

/**
 * One figure at one step of a run.
 *
 * @param name for example {@code loss} or {@code weightRms.matrix}
 * @param step from 0
 * @param value the figure; NaN where it was not a number
 */
public record Measured(String name, long step, double value) {}
