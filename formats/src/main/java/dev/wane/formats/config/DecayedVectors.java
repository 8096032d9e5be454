package dev.wane.formats.config;

import dev.wane.lint.Finding;
import dev.wane.lint.Severity;

/** The finding that vectors are decayed with everything else. */
final class DecayedVectors {
    private DecayedVectors() {}

    static Finding of(Severity severity, String message, String source) {
        return new Finding(
                "decayed-1d", severity, "weightDecay", message, "parameter groups with a decay of 0 for them", source);
    }
}
