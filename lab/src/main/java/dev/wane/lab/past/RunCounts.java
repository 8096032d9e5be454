package dev.wane.lab.past;

/**
 * What became of the runs of a source.
 *
 * @param all that were read
 * @param unfinished failed, stopped or still running; left out
 * @param unmeasured without the figure; left out
 * @param diverged whose figure is no number; left out of fits
 * @param withoutDecay with λ = 0; left out of fits
 * @param unplaced whose learning rate or λ is not known; left out
 * @param inert whose decay removes less than a tenth of the weights over the run
 */
public record RunCounts(
        int all, int unfinished, int unmeasured, int diverged, int withoutDecay, int unplaced, int inert) {}
