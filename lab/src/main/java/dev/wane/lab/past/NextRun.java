package dev.wane.lab.past;

/**
 * A run that would tell more.
 *
 * @param place its timescale, in the axis' unit
 * @param learningRate η
 * @param weightDecay λ
 * @param count how often
 * @param reason what for
 */
public record NextRun(double place, double learningRate, double weightDecay, int count, String reason) {}
