package dev.wane.watch;

import java.util.Locale;

/**
 * Something that a log shows.
 *
 * @param id stable name, lower case with hyphens
 * @param severity how bad it is
 * @param evidence what was measured, with numbers
 * @param threshold beyond which it is said
 * @param firstStep at which it was first so; NaN where it is of the whole run
 * @param remedy what to do
 * @param source paper or program
 */
public record Diagnosis(
        String id,
        Severity severity,
        String evidence,
        String threshold,
        double firstStep,
        String remedy,
        String source) {
    /** How bad it is. */
    public enum Severity {
        /** The run does not train as it was meant to. */
        ERROR,
        /** It may not do what was meant. */
        WARNING,
        /** Good to know. */
        INFO;

        /**
         * The name used in JSON.
         *
         * @return lower case
         */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
