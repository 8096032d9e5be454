package dev.wane.formats;

import dev.wane.formats.tree.Position;

/**
 * One thing wrong with an input.
 *
 * @param position where
 * @param message the key, the rule, the value and what would be valid
 */
public record Problem(Position position, String message) {
    @Override
    public String toString() {
        return position + ": " + message;
    }
}
