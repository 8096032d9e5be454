package dev.wane.schedule;

import java.util.List;

/**
 * Σ s_t^k over the steps of a run, exact and without visiting them.
 *
 * <p>A straight line of n steps from 1 to f: the Euler–Maclaurin sum of (1 − (1 − f)i/n)^k. Half a cosine to f, with
 * c = (1 + f)/2 and a = (1 − f)/2: Σ_m C(k, m)·c^(k−m)·a^m·E_m, where E_m = Σ cos^m(πi/n) is n·C(m, m/2)/2^m for even
 * m &lt; 2n and 1 for odd m. Everything is positive, so nothing cancels. Pieces too short for these are summed; lines
 * between points are lines of their own.
 */
public final class PowerSums {
    /** B₂ₖ/(2k)! of k = 1 … 5. */
    private static final double[] EULER_MACLAURIN = {
        1.0 / 12, -1.0 / 720, 1.0 / 30_240, -1.0 / 1_209_600, 1.0 / 47_900_160
    };

    /** Steps per power from which the first term left out is below 1e-18 of the sum. */
    private static final int LONG_ENOUGH = 16;

    private PowerSums() {}

    /**
     * Σ s_t^k.
     *
     * @param schedule constant, linear, cosine, wsd or piecewise, with or without warm-up
     * @param steps T of the run
     * @param power k ≥ 0
     * @return the sum of t = 0 … T − 1; NaN for other shapes and for a warm-up longer than the run
     */
    public static double of(Schedule schedule, long steps, int power) {
        long after = steps - schedule.warmupSteps();
        if (after < 0) {
            return Double.NaN;
        }
        return line(schedule.warmupSteps(), 0, power) + shaped(schedule.shape(), after, power);
    }

    private static double shaped(ScheduleShape shape, long steps, int power) {
        return switch (shape) {
            case Constant ignored -> steps;
            case Linear linear -> line(steps, linear.floor(), power);
            case Cosine cosine -> cosine(steps, cosine.floor(), power);
            case Wsd wsd -> {
                long decaying = Math.min(wsd.decaySteps(), steps);
                yield steps - decaying + line(decaying, wsd.floor(), power);
            }
            case Piecewise points -> pieces(points, steps, power);
            default -> Double.NaN;
        };
    }

    private static double pieces(Piecewise shape, long steps, int power) {
        List<Piecewise.Point> points = shape.points();
        double sum = Math.min(steps, points.getFirst().step())
                * Math.pow(points.getFirst().multiplier(), power);
        for (int i = 0; i < points.size() && points.get(i).step() < steps; i++) {
            boolean last = i == points.size() - 1;
            long end = last ? steps : Math.min(steps, points.get(i + 1).step());
            double from = points.get(i).multiplier();
            sum += last || !shape.joined()
                    ? (end - points.get(i).step()) * Math.pow(from, power)
                    : between(from, valueAt(shape, i, end), end - points.get(i).step(), power);
        }
        return sum;
    }

    /** Where the line from a point has come to at a step, up to the next point. */
    private static double valueAt(Piecewise shape, int point, long step) {
        Piecewise.Point left = shape.points().get(point);
        Piecewise.Point right = shape.points().get(point + 1);
        double share = (double) (step - left.step()) / (right.step() - left.step());
        return left.multiplier() + share * (right.multiplier() - left.multiplier());
    }

    /** A line of n steps that starts at one multiplier and would reach another at step n; rising is falling read backwards. */
    private static double between(double from, double to, long steps, int power) {
        double high = Math.max(from, to);
        if (high == 0) {
            return power == 0 ? steps : 0;
        }
        double falling = Math.pow(high, power) * line(steps, Math.min(from, to) / high, power);
        return from >= to ? falling : falling - Math.pow(to, power) + Math.pow(from, power);
    }

    private static double line(long steps, double floor, int power) {
        if (steps <= (long) LONG_ENOUGH * power) {
            return summed(new Linear(floor), steps, power);
        }
        double sum = steps * meanOfPowers(floor, power) + (1 - Math.pow(floor, power)) / 2;
        double slope = (1 - floor) / steps;
        double derivative = power * slope;
        for (int i = 0; i < EULER_MACLAURIN.length; i++) {
            int order = 2 * i + 1;
            sum += EULER_MACLAURIN[i] * derivative * (1 - Math.pow(floor, Math.max(0, power - order)));
            derivative *= (power - order) * slope * (power - order - 1) * slope;
        }
        return sum;
    }

    /** ∫₀¹ (1 − (1 − f)x)^k dx = (1 + f + … + f^k)/(k + 1). */
    private static double meanOfPowers(double floor, int power) {
        double sum = 0;
        for (int i = 0; i <= power; i++) {
            sum = sum * floor + 1;
        }
        return sum / (power + 1);
    }

    private static double cosine(long steps, double floor, int power) {
        if (steps <= power) {
            return summed(new Cosine(floor), steps, power);
        }
        double middle = (1 + floor) / 2;
        double ratio = (1 - floor) / (1 + floor);
        double term = Math.pow(middle, power);
        double centralBinomial = 1;
        double sum = term * steps;
        for (int m = 1; m <= power; m++) {
            term *= ratio * (power - m + 1) / m;
            centralBinomial *= m % 2 == 0 ? (m - 1.0) / m : 1;
            sum += term * (m % 2 == 0 ? steps * centralBinomial : 1);
        }
        return sum;
    }

    private static double summed(ScheduleShape shape, long steps, int power) {
        double sum = 0;
        for (long step = 0; step < steps; step++) {
            sum += Math.pow(shape.at(step, steps), power);
        }
        return sum;
    }
}
