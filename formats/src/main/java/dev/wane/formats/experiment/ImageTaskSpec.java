package dev.wane.formats.experiment;

/**
 * A bundled data set, learned by the engine.
 *
 * @param data name of the data set
 * @param samples training samples, drawn balanced by class
 * @param validation held-out samples from the rest of the training set
 * @param labelNoise share of training labels replaced by another class, in [0, 1)
 */
public record ImageTaskSpec(String data, int samples, int validation, double labelNoise) implements TaskSpec {}
