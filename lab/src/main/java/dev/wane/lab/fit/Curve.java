package dev.wane.lab.fit;

import java.util.Comparator;
import java.util.List;

/**
 * A metric against λ.
 *
 * @param points in order of λ, three or more
 */
public record Curve(List<Point> points) {
    private static final int WINDOW = 5;

    public Curve {
        points = List.copyOf(points);
    }

    /** Whether any λ trained at all. */
    public boolean trained() {
        return points.stream().anyMatch(Point::usable);
    }

    /** −1 if the best λ is the first, 1 if it is the last, else 0. */
    public int edge() {
        int best = best();
        if (best == 0) {
            return -1;
        }
        return best == points.size() - 1 ? 1 : 0;
    }

    /**
     * The best λ: the vertex of a parabola through the five points around the smallest mean, where it lies beside that;
     * else of one through the three points around it, which has its vertex between them.
     */
    public Optimum optimum() {
        Point best = points.get(best());
        if (edge() != 0) {
            return new Optimum(best.weightDecay(), metric(best), null, null, true, false);
        }
        List<Point> beside = points.subList(best() - 1, best() + 2);
        for (List<Point> window : List.of(window(), beside)) {
            List<Point> usable = window.stream().filter(Point::usable).toList();
            if (usable.size() >= 3) {
                Parabola parabola = Parabola.fit(usable);
                if (parabola.isConvex() && within(parabola.vertex(), beside)) {
                    return fitted(parabola);
                }
            }
        }
        return new Optimum(best.weightDecay(), best.mean(), null, null, false, false);
    }

    /** NaN where every λ diverged. */
    private static double metric(Point point) {
        return point.usable() ? point.mean() : Double.NaN;
    }

    private static Optimum fitted(Parabola parabola) {
        double[] interval = parabola.vertexInterval();
        return new Optimum(
                parabola.vertex(),
                parabola.minimum(),
                interval == null ? null : interval[0],
                interval == null ? null : interval[1],
                false,
                true);
    }

    private static boolean within(double weightDecay, List<Point> window) {
        return weightDecay >= window.getFirst().weightDecay()
                && weightDecay <= window.getLast().weightDecay();
    }

    private List<Point> window() {
        int first = Math.clamp(best() - WINDOW / 2, 0, Math.max(0, points.size() - WINDOW));
        return points.subList(first, Math.min(first + WINDOW, points.size()));
    }

    private int best() {
        return points.indexOf(
                points.stream().min(Comparator.comparingDouble(Point::mean)).orElseThrow());
    }
}
