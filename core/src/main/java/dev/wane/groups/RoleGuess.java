package dev.wane.groups;

/**
 * A role and how sure it is.
 *
 * @param role what the parameter seems to do
 * @param reason by what it was recognised
 * @param doubtful whether name and shape leave another reading open
 */
public record RoleGuess(ParameterRole role, String reason, boolean doubtful) {
    static RoleGuess sure(ParameterRole role, String reason) {
        return new RoleGuess(role, reason, false);
    }

    static RoleGuess doubtful(ParameterRole role, String reason) {
        return new RoleGuess(role, reason, true);
    }
}
