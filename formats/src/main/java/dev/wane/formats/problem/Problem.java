package dev.wane.formats.problem;

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
