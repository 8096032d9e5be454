package dev.wane.lab.plot;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.Locale;
import org.jfree.chart.axis.NumberAxis;

/** A linear axis that begins where the data do, and writes 0 as 0 beside numbers as small as 1E-5. */
public final class LegibleLinearAxis extends NumberAxis {
    private static final long serialVersionUID = 1;

    public LegibleLinearAxis(String label) {
        super(label);
        setAutoRangeIncludesZero(true);
        setNumberFormatOverride(new TickFormat());
    }

    private static final class TickFormat extends NumberFormat {
        private static final long serialVersionUID = 1;
        private static final double SMALL = 1e-3;

        private final DecimalFormat usual =
                new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT));
        private final DecimalFormat small = new DecimalFormat("0.##E0", DecimalFormatSymbols.getInstance(Locale.ROOT));

        @Override
        public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
            boolean tiny = number != 0 && Math.abs(number) < SMALL;
            return (tiny ? small : usual).format(number, to, position);
        }

        @Override
        public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
            return usual.format(number, to, position);
        }

        @Override
        public Number parse(String text, ParsePosition position) {
            return usual.parse(text, position);
        }
    }
}
