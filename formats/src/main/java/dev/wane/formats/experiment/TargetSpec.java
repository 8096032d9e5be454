package dev.wane.formats.experiment;

import dev.wane.recipe.Target;

/**
 * What changes in an experiment.
 *
 * @param change what a plan needs to know
 * @param initializationScale multiplies the first matrices; 1 for the usual initialisation
 */
public record TargetSpec(Target change, double initializationScale) {}
