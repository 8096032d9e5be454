package dev.wane.formats.lint;

import dev.wane.formats.problem.Position;
import dev.wane.lint.Finding;

/**
 * A finding and where it stands.
 *
 * @param key as written in the file; empty where nothing is written
 */
public record PlacedFinding(Finding finding, Position position, String key) {}
