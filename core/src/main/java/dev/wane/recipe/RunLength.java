package dev.wane.recipe;

/** How long a run is, in the unit in which its owner says it. */
public sealed interface RunLength {
    /**
     * The length as written.
     *
     * @return a positive number in the unit of the type
     */
    double amount();

    /**
     * Passes over the data set.
     *
     * @param amount epochs, finite and &gt; 0
     */
    record Epochs(double amount) implements RunLength {
        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if the amount is not finite and positive
         */
        public Epochs {
            requirePositive("epochs", amount);
        }
    }

    /**
     * Optimizer steps.
     *
     * @param count steps, ≥ 1
     */
    record Steps(long count) implements RunLength {
        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if the count is below 1
         */
        public Steps {
            requirePositive("steps", count);
        }

        @Override
        public double amount() {
            return (double) count;
        }
    }

    /**
     * Tokens seen in the whole run.
     *
     * @param amount tokens, finite and &gt; 0
     */
    record TokensSeen(double amount) implements RunLength {
        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if the amount is not finite and positive
         */
        public TokensSeen {
            requirePositive("tokensSeen", amount);
        }
    }

    /**
     * Samples seen in the whole run.
     *
     * @param amount samples, finite and &gt; 0
     */
    record SamplesSeen(double amount) implements RunLength {
        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if the amount is not finite and positive
         */
        public SamplesSeen {
            requirePositive("samplesSeen", amount);
        }
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be finite and > 0, got " + value);
        }
    }
}
