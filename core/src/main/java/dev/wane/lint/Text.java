package dev.wane.lint;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers in messages: three digits, and powers of ten where they are read more easily; whole numbers below a million as they are. */
public final class Text {
    private static final MathContext THREE_DIGITS = new MathContext(3);
    private static final double SMALLEST_PLAIN = 1e-3;
    private static final double LARGEST_PLAIN = 1e6;

    private Text() {}

    /**
     * A number for a message.
     *
     * @param value any
     * @return {@code unknown} where it is not finite
     */
    public static String of(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "unknown";
        }
        if (value == Math.rint(value) && Math.abs(value) < LARGEST_PLAIN) {
            return Long.toString((long) value);
        }
        BigDecimal rounded = new BigDecimal(value).round(THREE_DIGITS).stripTrailingZeros();
        double size = rounded.abs().doubleValue();
        boolean plain = size == 0 || (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN);
        return plain ? rounded.toPlainString() : scientific(rounded);
    }

    private static String scientific(BigDecimal rounded) {
        int exponent = rounded.precision() - rounded.scale() - 1;
        return rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }
}
