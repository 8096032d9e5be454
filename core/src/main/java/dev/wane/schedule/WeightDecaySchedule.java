package dev.wane.schedule;

import java.util.Locale;

/**
 * Weight decay that changes over a run, as DINOv2 and Megatron have it: λ_t from λ to a share of it.
 *
 * <p>With x = t/S and r the end as a share of the start: linear λ(1 + (r − 1)x); cosine λ(r + (1 − r)·½(1 + cos πx)).
 *
 * @param kind how λ moves
 * @param end r, λ at the end over λ at the start, finite and ≥ 0
 */
public record WeightDecaySchedule(Kind kind, double end) {
    /** How λ moves. */
    public enum Kind {
        /** λ stays. */
        CONSTANT,
        /** A straight line. */
        LINEAR,
        /** Half a cosine. */
        COSINE;

        /**
         * The name used in files and JSON.
         *
         * @return lower case
         */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the end is negative, infinite or NaN
     */
    public WeightDecaySchedule {
        if (!(end >= 0 && end < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("end must be finite and >= 0, got " + end);
        }
    }

    /**
     * λ all the way.
     *
     * @return the schedule that changes nothing
     */
    public static WeightDecaySchedule constant() {
        return new WeightDecaySchedule(Kind.CONSTANT, 1);
    }

    /**
     * λ_t/λ of one step.
     *
     * @param step t in [0, steps)
     * @param steps S ≥ 1
     * @return the multiplier, ≥ 0
     */
    public double multiplier(long step, long steps) {
        double x = (double) step / steps;
        return switch (kind) {
            case CONSTANT -> 1;
            case LINEAR -> 1 + (end - 1) * x;
            case COSINE -> end + (1 - end) * 0.5 * (1 + Math.cos(Math.PI * x));
        };
    }

    /**
     * Whether λ stays.
     *
     * @return true if every multiplier is 1
     */
    public boolean isConstant() {
        return kind == Kind.CONSTANT || end == 1;
    }
}
