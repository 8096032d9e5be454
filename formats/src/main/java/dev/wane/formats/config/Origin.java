package dev.wane.formats.config;

import dev.wane.formats.problem.Position;
import org.jspecify.annotations.Nullable;

/** Where a quantity comes from. */
public sealed interface Origin {
    /** For people and JSON. */
    String text();

    /** It stands in a file. */
    record Written(Position position, String key) implements Origin {
        @Override
        public String text() {
            return position + " " + key;
        }
    }

    /** Nobody wrote it, and the program has a default; with the key under which it could be written. */
    record DefaultOf(String program, @Nullable String key) implements Origin {
        /** Of a quantity that has no key of its own. */
        DefaultOf(String program) {
            this(program, null);
        }

        @Override
        public String text() {
            return "default of " + program;
        }
    }

    /** It was given on Wane's command line. */
    record Given(String option) implements Origin {
        @Override
        public String text() {
            return "option " + option;
        }
    }

    /** It follows from other quantities. */
    record Computed(String formula) implements Origin {
        @Override
        public String text() {
            return formula;
        }
    }

    /** It cannot be known from what was read; with what is written of it. */
    record Unresolved(String remedy, @Nullable String written) implements Origin {
        /** Of a quantity of which nothing is written. */
        Unresolved(String remedy) {
            this(remedy, null);
        }

        @Override
        public String text() {
            return "unresolved: " + remedy;
        }
    }
}
