package dev.wane.lab.plot;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** A logarithmic axis with the ticks of {@link LogTicks}, labelled as plain decimals. */
public final class LegibleLogAxis extends LogAxis {
    private static final long serialVersionUID = 1;

    public LegibleLogAxis(String label) {
        super(label);
    }

    @Override
    public List<NumberTick> refreshTicks(Graphics2D g, AxisState state, Rectangle2D area, RectangleEdge edge) {
        TextAnchor anchor = RectangleEdge.isTopOrBottom(edge) ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
        return LogTicks.of(getLowerBound(), getUpperBound()).stream()
                .map(value -> new NumberTick(TickType.MAJOR, value, label(value), anchor, TextAnchor.CENTER, 0))
                .toList();
    }

    private static String label(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
