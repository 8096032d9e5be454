package dev.wane.formats.runs;

import dev.wane.recipe.Recipe;
import java.util.Map;

/**
 * A past run with what its settings mean.
 *
 * @param run as it was read
 * @param recipe with what could not be found unknown
 * @param others settings that are no part of the recipe, the seed among them
 */
public record SweepRun(PastRun run, Recipe recipe, Map<String, String> others) {}
