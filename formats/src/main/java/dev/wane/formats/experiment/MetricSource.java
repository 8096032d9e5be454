package dev.wane.formats.experiment;

import org.jspecify.annotations.Nullable;

/**
 * Where a program leaves the figure that is judged.
 *
 * @param kind of the log
 * @param file in the trial's folder; empty where the kind has a place of its own
 * @param name of the figure in the log; for a {@code stdout-regex} only its name
 * @param test of the figure that confirmation reads instead; null for the same one
 * @param pick which of several values counts
 * @param pattern with one group, the figure; null unless it stands in the output
 */
public record MetricSource(
        Kind kind,
        String file,
        String name,
        @Nullable String test,
        Pick pick,
        @Nullable String pattern) {

    /** Kinds of logs. */
    public enum Kind {
        JSON_LINES("metrics.jsonl"),
        TRAINER_STATE("trainer_state.json"),
        TENSORBOARD("tensorboard"),
        CSV("csv"),
        OUTPUT("stdout-regex");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        /** As written behind {@code from:}. */
        public String id() {
            return id;
        }
    }

    /** Of the values that a run wrote down. */
    public enum Pick {
        LAST,
        /** The best over the run, as early stopping keeps it. */
        BEST
    }
}
