package dev.wane.lab.past;

import dev.wane.lab.fit.Parabola;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * The best timescale of comparable runs: a cubic in log₂ τ through those within three doublings of the best, with the learning
 * rate's own effect (in log₂ η, quadratic where it took three values or more) taken out; a parabola through fewer than twelve.
 *
 * @param parabola through the runs, or the cubic's value, slope and curvature about its minimum
 * @param nearest the smallest place that the fit has seen
 * @param farthest the largest
 * @param used how many runs
 * @param edge −1 or 1 where the runs get better up to their smallest or largest τ: there is no best among them
 * @param resolved whether the timescale moves the figures by more than they scatter
 * @param skew the probability that a cubic explains so much more by chance; 1 where it was not judged
 */
public record TimescaleFit(
        Parabola parabola, double nearest, double farthest, int used, int edge, boolean resolved, double skew) {
    /** Doublings on either side; fewer where a parabola does not fit so many. */
    private static final double[] WINDOWS = {3, 2, 1.5};

    private static final double CHANCE = 0.05;
    private static final double SURE = 0.01;
    private static final int LEAST_CUBIC = 12;
    private static final int LEAST_NARROW = 8;
    private static final int LEAST = 5;
    private static final int ROUNDS = 6;
    private static final int MOST_ROUNDS = 20;
    private static final double SAME_PLACE = 1e-4;
    private static final double BEST_SHARE = 0.2;

    /** Null where there are fewer than five runs, or fewer than three timescales. */
    static @Nullable TimescaleFit of(List<Placed> runs) {
        if (runs.size() < LEAST || distinct(runs.stream().mapToDouble(Placed::place)) < 3) {
            return null;
        }
        TimescaleFit fit = within(runs, WINDOWS[0]);
        Optional<TimescaleFit> cubic =
                fit.edge() == 0 && fit.used() >= LEAST_CUBIC ? fit.cubic(runs) : Optional.empty();
        if (cubic.isPresent()) {
            return cubic.get();
        }
        for (int i = 1; i < WINDOWS.length && fit.lopsided() && fit.edge() == 0; i++) {
            TimescaleFit narrower = within(runs, WINDOWS[i]);
            fit = narrower.used() >= LEAST_NARROW && narrower.edge() == 0 ? narrower : fit;
        }
        return fit;
    }

    /**
     * What a cubic through the same runs is about its own minimum: few valleys are as steep on one side as on the other, and a
     * parabola's minimum is then beside theirs by more than its interval. Empty where it has none between them.
     */
    private Optional<TimescaleFit> cubic(List<Placed> runs) {
        List<Placed> window = runs.stream()
                .filter(run -> run.place() >= nearest && run.place() <= farthest)
                .toList();
        double[] y = window.stream().mapToDouble(Placed::judged).toArray();
        double origin = parabola.vertex();
        for (int round = 0; round < MOST_ROUNDS && nearest < origin && origin < farthest; round++) {
            Parabola about = cubicAbout(origin, window, y);
            if (about == null || !about.isConvex()) {
                return Optional.empty();
            }
            double next = about.vertex();
            if (Math.abs(Math.log(next / origin)) < SAME_PLACE && nearest < next && next < farthest) {
                return Optional.of(new TimescaleFit(about, nearest, farthest, used, 0, resolved, skew));
            }
            origin = next;
        }
        return Optional.empty();
    }

    /** Its value, slope and curvature there, beside its third power; null where the runs do not tell one from the other. */
    private static @Nullable Parabola cubicAbout(double origin, List<Placed> window, double[] y) {
        double shift = Math.log(origin) / Math.log(2);
        double[] x = window.stream().mapToDouble(run -> run.position() - shift).toArray();
        double[][] others = LearningRateEffect.resolved(window, x);
        int width = others[0].length;
        double[][] beside = new double[x.length][];
        for (int row = 0; row < x.length; row++) {
            beside[row] = Arrays.copyOf(others[row], width + 1);
            beside[row][width] = x[row] * x[row] * x[row];
        }
        if (LeastSquares.of(y, Shape.of(beside, x, 2)).rank() < width + 3) {
            return null;
        }
        double[] at = new double[width + 1];
        at[0] = 1;
        return Parabola.fit(origin, y, x, beside, at);
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
        double skew = judged ? NestedModels.pValue(y, Shape.of(beside, x, 2), Shape.of(beside, x, 3)) : 1;
        return new TimescaleFit(parabola, nearest, farthest, window.size(), edge(parabola, low, high), resolved, skew);
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

    /** Whether one side is steeper than the other. */
    public boolean lopsided() {
        return skew < SURE;
    }

    static long distinct(DoubleStream values) {
        return values.distinct().count();
    }
}
