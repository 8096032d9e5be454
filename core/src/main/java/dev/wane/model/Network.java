package dev.wane.model;

/** What an experiment trains, as far as the laws are concerned. */
public sealed interface Network permits ModelSpec, ExternalModel {
    /**
     * A short name for reports.
     *
     * @return for people
     */
    String label();

    /**
     * Whether the laws, which speak of normalised weights, are expected to hold.
     *
     * @return {@code expected}, {@code not-expected: } and the reason, or {@code unknown: } and what would tell
     */
    String applicability();
}
