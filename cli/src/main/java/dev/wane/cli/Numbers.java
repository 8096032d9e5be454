package dev.wane.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers for people: four significant digits, plain where that is short; whole numbers below a billion as they are. */
final class Numbers {
    private static final MathContext DIGITS = new MathContext(4);
    private static final double PLAIN_FROM = 1e-3;
    private static final double PLAIN_TO = 1e7;
    private static final double WHOLE_TO = 1e9;

    private Numbers() {}

    static String of(double value) {
        if (Double.isNaN(value)) {
            return "unknown";
        }
        if (Double.isInfinite(value)) {
            return "infinite";
        }
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < WHOLE_TO) {
            return Long.toString((long) value);
        }
        if (value != 0 && (size < PLAIN_FROM || size >= PLAIN_TO)) {
            return String.format(Locale.ROOT, "%.3e", value)
                    .replaceAll("\\.?0*e([-+])0*", "e$1")
                    .replace("e+", "e");
        }
        BigDecimal rounded = new BigDecimal(value).round(DIGITS);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
