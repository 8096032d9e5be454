package dev.wane.formats.apply;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as every program reads them. */
final class NumberText {
    private static final int DIGITS = 6;
    private static final double LARGEST_WHOLE = 1e15;

    private NumberText() {}

    /**
     * Whole numbers in full, others with six digits; with a point and a sign in the exponent, without which YAML 1.1
     * takes a number for text.
     */
    static String of(double value) {
        if (value != 0 && value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE) {
            return BigDecimal.valueOf((long) value).toPlainString();
        }
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(DIGITS)).stripTrailingZeros();
        if (rounded.signum() == 0) {
            return "0.0";
        }
        double size = Math.abs(rounded.doubleValue());
        if (size >= 1e-3 && size < 1e9) {
            return rounded.toPlainString();
        }
        String[] parts = String.format(Locale.ROOT, "%." + Math.max(1, rounded.precision() - 1) + "e", rounded)
                .split("e", 2);
        return parts[0] + "e" + parts[1];
    }
}
