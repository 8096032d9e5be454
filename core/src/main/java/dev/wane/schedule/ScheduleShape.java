package dev.wane.schedule;

/**
 * The learning rate after warm-up, as a share of its peak, over the share x of the remaining run in [0, 1).
 */
public sealed interface ScheduleShape {
    /**
     * The name used in files, JSON and on the command line.
     *
     * @return a lower-case identifier such as {@code cosine}
     */
    String id();

    /**
     * The multiplier at a share of the run after warm-up.
     *
     * @param x share in [0, 1)
     * @return multiplier in [0, 1]
     */
    double at(double x);

    /** The peak all the way: 1. */
    record Constant() implements ScheduleShape {
        @Override
        public String id() {
            return "constant";
        }

        @Override
        public double at(double x) {
            return 1;
        }
    }

    /**
     * A straight line to the floor: 1 − (1 − f)·x.
     *
     * @param floor f, the end as a share of the peak, in [0, 1]
     */
    record Linear(double floor) implements ScheduleShape {
        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if the floor is outside [0, 1]
         */
        public Linear {
            requireFloor(floor);
        }

        @Override
        public String id() {
            return "linear";
        }

        @Override
        public double at(double x) {
            return 1 - (1 - floor) * x;
        }
    }

    /**
     * Half a cosine to the floor: f + (1 − f)·½(1 + cos πx).
     *
     * @param floor f, the end as a share of the peak, in [0, 1]
     */
    record Cosine(double floor) implements ScheduleShape {
        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if the floor is outside [0, 1]
         */
        public Cosine {
            requireFloor(floor);
        }

        @Override
        public String id() {
            return "cosine";
        }

        @Override
        public double at(double x) {
            return floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * x));
        }
    }

    private static void requireFloor(double floor) {
        if (!(floor >= 0 && floor <= 1)) {
            throw new IllegalArgumentException("floor must be in [0, 1], got " + floor);
        }
    }
}
