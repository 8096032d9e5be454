package dev.wane.formats.experiment;

/** What an experiment is read for: each needs less than the one before. */
public enum Purpose {
    /** Base, grid and targets. */
    TRANSFER,
    /** Base and grid. */
    SWEEP,
    /** A base that has its λ. */
    TRAIN
}
