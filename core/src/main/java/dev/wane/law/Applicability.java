package dev.wane.law;

/**
 * Whether a law says anything about a change.
 *
 * @param applicable true if it does
 * @param reason why, or why not
 */
public record Applicability(boolean applicable, String reason) {
    static Applicability yes(String reason) {
        return new Applicability(true, reason);
    }

    static Applicability no(String reason) {
        return new Applicability(false, reason);
    }
}
