package dev.wane.formats.experiment;

/** What is learned. */
public sealed interface TaskSpec permits ImageTaskSpec, CommandTaskSpec {
    /** Training samples of an epoch. */
    int samples();
}
