package dev.wane.conform;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Compares an implementation's weights with a case, and says what a deviation looks like. */
public final class ConformanceCheck {
    /** The largest relative error that counts as equal for results in double precision. */
    public static final double TOLERANCE = 1e-9;

    private ConformanceCheck() {}

    /**
     * A case that was not met.
     *
     * @param name of the case
     * @param step the first that deviates, from 0; −1 where the shape is wrong
     * @param maxRelativeError over all steps; NaN where the shape is wrong
     * @param diagnosis what the deviation looks like
     */
    public record Failure(String name, int step, double maxRelativeError, String diagnosis) {}

    /**
     * Checks one case.
     *
     * @param expected the case
     * @param actual weights after each step
     * @param tolerance largest relative error, for example 1e-9 in double precision or 1e-5 in single
     * @return empty if it is met
     */
    public static Optional<Failure> check(ConformanceCase expected, List<double[]> actual, double tolerance) {
        if (actual.size() != expected.steps()
                || actual.stream().anyMatch(weights -> weights.length != expected.initial().length)) {
            return Optional.of(new Failure(
                    expected.name(),
                    0,
                    Double.POSITIVE_INFINITY,
                    "must have " + expected.steps() + " steps of " + expected.initial().length + " weights"));
        }
        double worst = error(expected.expected(), actual);
        if (worst <= tolerance) {
            return Optional.empty();
        }
        int first = 0;
        while (error(expected.expected().subList(first, first + 1), actual.subList(first, first + 1)) <= tolerance) {
            first++;
        }
        String diagnosis = actual.stream().flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)
                ? Diagnosis.of(expected, actual, tolerance)
                : "weights that are not finite";
        return Optional.of(new Failure(expected.name(), first, worst, diagnosis));
    }

    /** Largest |a − e|/max(|e|, 1e-3 of the largest |e|): a weight that passes 0 does not inflate it. NaN counts as infinite. */
    static double error(List<double[]> expected, List<double[]> actual) {
        double worst = 0;
        for (int step = 0; step < expected.size(); step++) {
            double largest = 0;
            for (double value : expected.get(step)) {
                largest = Math.max(largest, Math.abs(value));
            }
            for (int i = 0; i < expected.get(step).length; i++) {
                double wanted = expected.get(step)[i];
                double relative = Math.abs(actual.get(step)[i] - wanted) / Math.max(Math.abs(wanted), 1e-3 * largest);
                worst = Math.max(worst, Double.isNaN(relative) ? Double.POSITIVE_INFINITY : relative);
            }
        }
        return worst;
    }
}
