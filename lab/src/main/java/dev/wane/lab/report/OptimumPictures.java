package dev.wane.lab.report;

import dev.wane.lab.past.SettingFindings;
import dev.wane.lab.past.SweepFindings;
import dev.wane.lab.past.TimescaleFit;
import dev.wane.lab.plot.LegibleLinearAxis;
import dev.wane.lab.plot.LegibleLogAxis;
import dev.wane.lab.plot.Panel;
import dev.wane.lab.plot.Picture;
import dev.wane.lab.plot.Theme;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jfree.chart.JFreeChart;
import org.jfree.data.xy.YIntervalSeries;

/** Past runs against their timescale, and where they lie in the plane of learning rate and λ. */
final class OptimumPictures {
    /** More points than this only make a file large: every n-th is drawn. */
    private static final int MOST_POINTS = 600;

    private static final int MOST_SETTINGS = 4;
    private static final int CURVE_POINTS = 80;
    private static final List<Double> LINES = List.of(0.25, 1.0, 4.0);

    private final SweepFindings findings;
    private final Theme theme;

    OptimumPictures(SweepFindings findings, Theme theme) {
        this.findings = findings;
        this.theme = theme;
    }

    List<Picture> all() {
        List<SettingFindings> settings =
                findings.settings().stream().limit(MOST_SETTINGS).toList();
        List<Picture> pictures = new ArrayList<>();
        pictures.add(new Picture(
                "metric-against-timescale",
                "Each run's " + findings.metric().name()
                        + " against its timescale, with the parabola through those near the best",
                Picture.inRowsOfTwo(settings.stream().map(this::against).toList()),
                theme));
        List<SettingFindings> plane =
                settings.stream().filter(OptimumPictures::varies).toList();
        if (!plane.isEmpty()) {
            pictures.add(new Picture(
                    "learning-rate-and-weight-decay",
                    "The best quarter of the runs and the others in the plane of learning rate and weight decay, with lines of"
                            + " equal timescale",
                    Picture.inRowsOfTwo(plane.stream().map(this::plane).toList()),
                    theme));
        }
        return pictures;
    }

    private static boolean varies(SettingFindings setting) {
        return setting.axis().isTimescale()
                && Arrays.stream(setting.learningRates()).distinct().count() > 1;
    }

    private JFreeChart against(SettingFindings setting) {
        String axis =
                setting.axis().isTimescale() ? "timescale τ (" + setting.axis().unit() + ")" : "1/λ";
        Panel panel = new Panel(
                setting.label(),
                new LegibleLogAxis(axis),
                new LegibleLinearAxis(findings.metric().name()),
                theme);
        YIntervalSeries runs = new YIntervalSeries("runs");
        drawn(setting).forEach(i -> add(runs, setting.places()[i], setting.figures()[i]));
        panel.points(runs, theme.base());
        TimescaleFit fit = setting.fit();
        if (fit != null) {
            panel.curve(parabola(fit), theme.target(0));
        }
        return panel.chart();
    }

    private YIntervalSeries parabola(TimescaleFit fit) {
        YIntervalSeries series = new YIntervalSeries("parabola");
        double span = Math.log(fit.farthest() / fit.nearest());
        for (int i = 0; i < CURVE_POINTS; i++) {
            double place = fit.nearest() * Math.exp(span * i / (CURVE_POINTS - 1));
            add(series, place, findings.metric().written(fit.parabola().at(place)));
        }
        return series;
    }

    private JFreeChart plane(SettingFindings setting) {
        Panel panel = new Panel(
                setting.label(), new LegibleLogAxis("learning rate η"), new LegibleLogAxis("weight decay λ"), theme);
        double limit = quarter(setting);
        YIntervalSeries others = new YIntervalSeries("other runs");
        YIntervalSeries best = new YIntervalSeries("best quarter");
        drawn(setting)
                .forEach(i -> add(
                        judged(setting.figures()[i]) <= limit ? best : others,
                        setting.learningRates()[i],
                        setting.weightDecays()[i]));
        panel.points(others, theme.base());
        panel.points(best, theme.target(0));
        if (setting.hasOptimum()) {
            double vertex = Objects.requireNonNull(setting.fit()).parabola().vertex();
            for (int i = 0; i < LINES.size(); i++) {
                panel.curve(line(setting, vertex, LINES.get(i)), theme.target(i + 1));
            }
        }
        return panel.chart();
    }

    private static YIntervalSeries line(SettingFindings setting, double vertex, double factor) {
        YIntervalSeries series = new YIntervalSeries(factor == 1 ? "best τ" : factor < 1 ? "τ / 4" : "τ × 4");
        DoubleStream rates = DoubleStream.of(
                Arrays.stream(setting.learningRates()).min().orElseThrow(),
                Arrays.stream(setting.learningRates()).max().orElseThrow());
        rates.forEach(rate -> add(
                series,
                rate,
                setting.axis()
                        .weightDecay(setting.recipe().but().learningRate(rate).build(), vertex * factor)));
        return series;
    }

    private double quarter(SettingFindings setting) {
        double[] sorted =
                Arrays.stream(setting.figures()).map(this::judged).sorted().toArray();
        return sorted[sorted.length / 4];
    }

    private double judged(double figure) {
        return findings.metric().larger() ? -figure : figure;
    }

    private static IntStream drawn(SettingFindings setting) {
        int count = setting.places().length;
        int stride = (count + MOST_POINTS - 1) / MOST_POINTS;
        return IntStream.range(0, count).filter(i -> i % stride == 0);
    }

    private static void add(YIntervalSeries series, double x, double y) {
        series.add(x, y, y, y);
    }
}
