package dev.wane.lab.plot;

import org.jfree.chart.axis.NumberAxis;

/** A linear axis that begins where the data do. */
public final class LegibleLinearAxis extends NumberAxis {
    private static final long serialVersionUID = 1;

    public LegibleLinearAxis(String label) {
        super(label);
        setAutoRangeIncludesZero(true);
    }
}
