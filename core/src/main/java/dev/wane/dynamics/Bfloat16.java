package dev.wane.dynamics;

import dev.wane.framework.Family;
import org.jspecify.annotations.Nullable;

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

    /** The size of weights where nobody says one: that of common initialisations. */
    private static final double TYPICAL_WEIGHT = 0.02;

    private static final double STEP_LOST_BELOW = Math.scalb(TYPICAL_WEIGHT, -7);

    private static final int DROPPED_BITS = 16;

    private Bfloat16() {}

    /**
     * Whether most steps of an optimizer whose steps are as large as its learning rate are rounded away at weights of size 0.02,
     * and what decays in one sum with them too: η &lt; 2^−7·0.02. Of a decay by torch's fused AdamW a tenth was left at
     * η = 1e-4 and nothing at 3e-5, nearly all at 1e-3.
     *
     * @param learningRate η; null or NaN is no answer
     * @param family of the optimizer
     * @return false for other families than Adam's and Lion's
     */
    public static boolean losesSteps(@Nullable Double learningRate, Family family) {
        return learningRate != null
                && (family == Family.ADAM || family == Family.LION)
                && learningRate > 0
                && learningRate < STEP_LOST_BELOW;
    }

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
