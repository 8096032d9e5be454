package dev.wane.dynamics;

/**
 * What becomes of decoupled decay where the weights themselves are bfloat16 (8 significant bits) and rounded to nearest.
 *
 * <p>θ(1 − d) rounds back to θ for every weight if d &lt; 2^−9, and for none if d &gt; 2^−8; between them it depends on
 * the leading digits. Float32 master weights or stochastic rounding keep the decay.
 */
public final class Bfloat16 {
    /** A smaller decay per step changes no weight: 2^−9. */
    public static final double LOST_BELOW = 1.0 / 512;

    /** A larger decay per step changes every weight: 2^−8. */
    public static final double KEPT_ABOVE = 1.0 / 256;

    private static final int DROPPED_BITS = 16;

    private Bfloat16() {}

    /**
     * A number rounded to the nearest bfloat16, ties to even.
     *
     * @param value any float
     * @return the nearest bfloat16; NaN stays NaN
     */
    public static float round(float value) {
        if (Float.isNaN(value)) {
            return value;
        }
        int bits = Float.floatToIntBits(value);
        int odd = (bits >>> DROPPED_BITS) & 1;
        int rounded = bits + 0x7fff + odd;
        return Float.intBitsToFloat(rounded >>> DROPPED_BITS << DROPPED_BITS);
    }

    /**
     * Whether a weight stays as it is when it is decayed.
     *
     * @param weight a bfloat16
     * @param decayPerStep d in [0, 1)
     * @return true if the decay is rounded away
     */
    public static boolean losesDecay(float weight, double decayPerStep) {
        return round((float) (weight * (1 - decayPerStep))) == weight;
    }
}
