package dev.wane.lab.past;

import dev.wane.lab.fit.Parabola;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * The best timescale of comparable runs: a parabola in log₂ τ through those within three doublings of the best, with the
 * learning rate's own effect (in log₂ η, quadratic where it took three values or more) taken out.
 *
 * @param parabola through the runs
 * @param nearest the smallest place that the fit has seen
 * @param farthest the largest
 * @param used how many runs
 * @param edge −1 or 1 where the runs get better up to their smallest or largest τ: there is no best among them
 * @param resolved whether the timescale moves the figures by more than they scatter
 * @param lopsided whether one side is steeper than the other, so that a parabola misses the best
 */
public record TimescaleFit(
        Parabola parabola, double nearest, double farthest, int used, int edge, boolean resolved, boolean lopsided) {
    /** Doublings on either side; fewer where a parabola does not fit so many. */
    private static final double[] WINDOWS = {3, 2, 1.5};

    private static final double CHANCE = 0.05;
    private static final double SURE = 0.01;
    private static final int LEAST_NARROW = 8;
    private static final int LEAST = 5;
    private static final int ROUNDS = 6;
    private static final double BEST_SHARE = 0.2;

    /** Null where there are fewer than five runs, or fewer than three timescales. */
    static @Nullable TimescaleFit of(List<Placed> runs) {
        if (runs.size() < LEAST || distinct(runs.stream().mapToDouble(Placed::place)) < 3) {
            return null;
        }
        TimescaleFit fit = within(runs, WINDOWS[0]);
        for (int i = 1; i < WINDOWS.length && fit.lopsided() && fit.edge() == 0; i++) {
            TimescaleFit narrower = within(runs, WINDOWS[i]);
            fit = narrower.used() >= LEAST_NARROW && narrower.edge() == 0 ? narrower : fit;
        }
        return fit;
    }

    private static TimescaleFit within(List<Placed> runs, double reach) {
        double low = runs.stream().mapToDouble(Placed::position).min().orElseThrow();
        double high = runs.stream().mapToDouble(Placed::position).max().orElseThrow();
        double centre = start(runs);
        List<Placed> window = window(runs, centre, reach);
        TimescaleFit fit = through(window, low, high, false);
        for (int round = 1; round < ROUNDS; round++) {
            double next = Math.clamp(fit.position(), low, high);
            if (Math.abs(next - centre) < 1e-3) {
                break;
            }
            centre = next;
            window = window(runs, centre, reach);
            fit = through(window, low, high, false);
        }
        return through(window, low, high, true);
    }

    /** The middle of the best fifth. */
    private static double start(List<Placed> runs) {
        List<Placed> best = runs.stream()
                .sorted(Comparator.comparingDouble(Placed::judged))
                .limit(Math.max(LEAST, Math.round(BEST_SHARE * runs.size())))
                .sorted(Comparator.comparingDouble(Placed::position))
                .toList();
        return best.get(best.size() / 2).position();
    }

    /** Wide enough for a fit. */
    private static List<Placed> window(List<Placed> runs, double centre, double least) {
        double half = least;
        while (true) {
            double reach = half;
            List<Placed> window = runs.stream()
                    .filter(run -> Math.abs(run.position() - centre) <= reach)
                    .toList();
            if (window.size() >= LEAST && distinct(window.stream().mapToDouble(Placed::place)) >= 3) {
                return window;
            }
            half *= 1.5;
        }
    }

    private static TimescaleFit through(List<Placed> window, double low, double high, boolean judged) {
        double origin = window.get(window.size() / 2).place();
        double shift = Math.log(origin) / Math.log(2);
        double[] y = window.stream().mapToDouble(Placed::judged).toArray();
        double[] x = window.stream().mapToDouble(run -> run.position() - shift).toArray();
        double[][] beside = LearningRateEffect.resolved(window, x);
        double[] at = new double[beside[0].length];
        at[0] = 1;
        Parabola parabola = Parabola.fit(origin, y, x, beside, at);
        double nearest = window.stream().mapToDouble(Placed::place).min().orElseThrow();
        double farthest = window.stream().mapToDouble(Placed::place).max().orElseThrow();
        boolean resolved = judged && NestedModels.pValue(y, beside, Shape.of(beside, x, 2)) < CHANCE;
        boolean lopsided = judged && NestedModels.pValue(y, Shape.of(beside, x, 2), Shape.of(beside, x, 3)) < SURE;
        return new TimescaleFit(
                parabola, nearest, farthest, window.size(), edge(parabola, low, high), resolved, lopsided);
    }

    /** Columns of powers. */
    static final class Shape {
        private Shape() {}

        /** x to x^degree behind other columns. */
        static double[][] of(double[][] beside, double[] x, int degree) {
            double[][] columns = new double[x.length][];
            for (int row = 0; row < x.length; row++) {
                int others = beside[row].length;
                columns[row] = Arrays.copyOf(beside[row], others + degree);
                for (int power = 1; power <= degree; power++) {
                    columns[row][others + power - 1] = Math.pow(x[row], power);
                }
            }
            return columns;
        }

        /** An offset for each level, and a parabola for all of them or for each. */
        static double[] row(int levels, int level, double x, boolean each) {
            double[] row = new double[levels + (each ? 2 * levels : 2)];
            int parabola = levels + (each ? 2 * level : 0);
            row[level] = 1;
            row[parabola] = x;
            row[parabola + 1] = x * x;
            return row;
        }
    }

    private static int edge(Parabola parabola, double low, double high) {
        if (!parabola.isConvex()) {
            return falling(parabola, (low + high) / 2) ? 1 : -1;
        }
        double vertex = Math.log(parabola.vertex()) / Math.log(2);
        if (vertex <= low) {
            return -1;
        }
        return vertex >= high ? 1 : 0;
    }

    private static boolean falling(Parabola parabola, double position) {
        double x = position - Math.log(parabola.origin()) / Math.log(2);
        return parabola.slope() + 2 * parabola.curvature() * x < 0;
    }

    private double position() {
        if (parabola.isConvex()) {
            return Math.log(parabola.vertex()) / Math.log(2);
        }
        return edge * Double.POSITIVE_INFINITY;
    }

    /** What missing the best by a factor costs: a·(log₂ k)². Undefined without a best. */
    public Cost cost(double factor) {
        double squares = Math.pow(Math.log(factor) / Math.log(2), 2);
        double[] interval = parabola.curvatureInterval();
        double best = parabola.vertex();
        return new Cost(
                factor,
                parabola.curvature() * squares,
                interval == null ? null : interval[0] * squares,
                interval == null ? null : interval[1] * squares,
                best / factor >= nearest && best * factor <= farthest);
    }

    static long distinct(DoubleStream values) {
        return values.distinct().count();
    }
}
