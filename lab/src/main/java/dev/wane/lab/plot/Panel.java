package dev.wane.lab.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYDataset;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** One plot in the project's look: curves with bands, marked points with error bars, log or linear axes. */
public final class Panel {
    private static final float BAND_OPACITY = 0.18f;
    private static final Stroke DOTTED =
            new BasicStroke(1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {2, 3}, 0);
    /** More points than this are a line. */
    private static final int MOST_DOTS = 60;

    private static final Shape DOT = new Ellipse2D.Double(-2.5, -2.5, 5, 5);

    private final Theme theme;
    private final XYPlot plot;
    private final String title;

    public Panel(String title, ValueAxis x, ValueAxis y, Theme theme) {
        this.title = title;
        this.theme = theme;
        this.plot = new XYPlot(null, styled(x, theme), styled(y, theme), null);
        plot.setBackgroundPaint(theme.background());
        plot.setOutlinePaint(theme.grid());
        plot.setDomainGridlinePaint(theme.grid());
        plot.setRangeGridlinePaint(theme.grid());
        plot.setDomainGridlineStroke(new BasicStroke(0.5f));
        plot.setRangeGridlineStroke(new BasicStroke(0.5f));
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    }

    /** A curve through points (x, y) with a band from low to high. */
    public Panel curve(YIntervalSeries series, Color color) {
        YIntervalSeriesCollection data = new YIntervalSeriesCollection();
        data.addSeries(series);
        DeviationRenderer renderer = new DeviationRenderer(true, series.getItemCount() <= MOST_DOTS);
        renderer.setAlpha(BAND_OPACITY);
        renderer.setSeriesPaint(0, color);
        renderer.setSeriesFillPaint(0, color);
        renderer.setSeriesStroke(0, Theme.line());
        renderer.setSeriesShape(0, DOT);
        return add(data, renderer);
    }

    /** Points by themselves. */
    public Panel points(YIntervalSeries series, Color color) {
        YIntervalSeriesCollection data = new YIntervalSeriesCollection();
        data.addSeries(series);
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        renderer.setSeriesPaint(0, color);
        renderer.setSeriesShape(0, DOT);
        return add(data, renderer);
    }

    /** A single marked point with a vertical error bar, and a dotted line to read it off the curves. */
    public Panel mark(String label, ArmKind kind, double x, double y, double deviation) {
        XYIntervalSeries series = new XYIntervalSeries(label);
        series.add(x, x, x, y, y - deviation, y + deviation);
        XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
        data.addSeries(series);
        XYErrorRenderer renderer = new XYErrorRenderer();
        renderer.setDrawXError(false);
        renderer.setSeriesPaint(0, theme.arm(kind));
        renderer.setSeriesShape(0, kind.shape());
        renderer.setErrorStroke(new BasicStroke(1.4f));
        plot.addDomainMarker(new ValueMarker(x, theme.arm(kind), DOTTED), Layer.BACKGROUND);
        return add(data, renderer);
    }

    public JFreeChart chart() {
        JFreeChart chart = new JFreeChart(null, Theme.font(Font.BOLD, 13), plot, false);
        chart.setBackgroundPaint(theme.background());
        chart.setPadding(new RectangleInsets(6, 6, 6, 14));
        TextTitle heading = new TextTitle(title, Theme.font(Font.BOLD, 13));
        heading.setPaint(theme.ink());
        chart.setTitle(heading);
        LegendTitle legend = new LegendTitle(plot);
        legend.setPosition(RectangleEdge.BOTTOM);
        legend.setItemFont(Theme.font(Font.PLAIN, 11));
        legend.setItemPaint(theme.ink());
        legend.setBackgroundPaint(theme.background());
        chart.addSubtitle(legend);
        return chart;
    }

    private Panel add(XYDataset data, XYItemRenderer renderer) {
        int index = plot.getDataset(0) == null ? 0 : plot.getDatasetCount();
        plot.setDataset(index, data);
        plot.setRenderer(index, renderer);
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        return this;
    }

    private static ValueAxis styled(ValueAxis axis, Theme theme) {
        axis.setLabelFont(Theme.font(Font.PLAIN, 12));
        axis.setTickLabelFont(Theme.font(Font.PLAIN, 11));
        axis.setLabelPaint(theme.ink());
        axis.setTickLabelPaint(theme.ink());
        axis.setAxisLinePaint(theme.ink());
        axis.setTickMarkPaint(theme.ink());
        return axis;
    }
}
