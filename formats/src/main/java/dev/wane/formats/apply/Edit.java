package dev.wane.formats.apply;

import dev.wane.formats.problem.Position;

/**
 * One number that becomes another.
 *
 * @param quantity its name
 * @param position where the number, or its key, stands
 * @param before what stands there
 * @param after what it becomes
 */
public record Edit(String quantity, Position position, double before, double after) {}
