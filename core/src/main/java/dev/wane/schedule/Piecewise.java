package dev.wane.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * Multipliers at given steps; between them the earlier one holds, or a straight line joins them. The first holds before
 * its step and the last after its own.
 *
 * @param points at least one, in rising order of steps
 * @param joined whether straight lines join the points
 */
public record Piecewise(List<Point> points, boolean joined) implements ScheduleShape {
    /**
     * A multiplier from a step on.
     *
     * @param step steps since the end of warm-up, ≥ 0
     * @param multiplier share of the peak, finite and ≥ 0
     */
    public record Point(long step, double multiplier) {
        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a number is outside its range
         */
        public Point {
            if (step < 0 || !(multiplier >= 0 && multiplier < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "a point needs step >= 0 and a finite multiplier >= 0, got " + step + ", " + multiplier);
            }
        }
    }

    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if there is no point or steps do not rise
     */
    public Piecewise {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("points must not be empty");
        }
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).step() <= points.get(i - 1).step()) {
                throw new IllegalArgumentException("the steps of points must rise, got "
                        + points.get(i - 1).step() + " before " + points.get(i).step());
            }
        }
    }

    @Override
    public String id() {
        return joined ? "interpolated" : "piecewise";
    }

    @Override
    public double at(long step, long length) {
        int after = after(step);
        if (after == 0 || after == points.size() || !joined) {
            return points.get(Math.max(after - 1, 0)).multiplier();
        }
        Point left = points.get(after - 1);
        Point right = points.get(after);
        double share = (double) (step - left.step()) / (right.step() - left.step());
        return left.multiplier() + share * (right.multiplier() - left.multiplier());
    }

    /** Points that would fall on one step after rounding keep a step of distance. */
    @Override
    public ScheduleShape scaled(double ratio) {
        List<Point> scaled = new ArrayList<>();
        long least = 0;
        for (Point point : points) {
            long step = Math.max(least, Math.round(point.step() * ratio));
            scaled.add(new Point(step, point.multiplier()));
            least = step + 1;
        }
        return new Piecewise(scaled, joined);
    }

    /** The index of the first point behind a step. */
    private int after(long step) {
        int low = 0;
        int high = points.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (points.get(middle).step() <= step) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
