package dev.wane.formats.apply;

import dev.wane.formats.problem.Position;

/**
 * One number that becomes another.
 *
 * @param quantity its name
 * @param position where the number, or its key, stands
 * @param key under which it stands
 * @param before what stands there
 * @param after what it becomes
 */
public record Edit(String quantity, Position position, String key, double before, double after) implements Change {
    /** The last part of the key, which stands in the number's own line. */
    String lastKey() {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /** Whether another change is about the same place. */
    boolean isAt(Change other) {
        return other instanceof Edit edit && edit.position().equals(position);
    }
}
