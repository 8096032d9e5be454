package dev.wane.lab.stats;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * The mean of differences between two arms that share their seeds, by Student's t with n − 1 degrees of freedom.
 *
 * @param mean of the differences
 * @param standardError s/√n of the differences
 * @param count n ≥ 2
 */
public record PairedDifference(double mean, double standardError, int count) {
    /**
     * Arm minus reference, seed by seed.
     *
     * @throws IllegalArgumentException if the arms differ in length or have fewer than two seeds
     */
    public static PairedDifference of(double[] arm, double[] reference) {
        if (arm.length != reference.length || arm.length < 2) {
            throw new IllegalArgumentException(
                    "arms must have the same two or more seeds, got " + arm.length + " and " + reference.length);
        }
        double[] differences = new double[arm.length];
        Arrays.setAll(differences, i -> arm[i] - reference[i]);
        double mean = Arrays.stream(differences).average().orElseThrow();
        double squares =
                Arrays.stream(differences).map(d -> (d - mean) * (d - mean)).sum();
        return new PairedDifference(mean, Math.sqrt(squares / (arm.length - 1) / arm.length), arm.length);
    }

    /** Two-sided interval for the mean at error rate α. */
    public Interval interval(double alpha) {
        double half = standardError * new TDistribution(count - 1).inverseCumulativeProbability(1 - alpha / 2);
        return new Interval(mean - half, mean + half);
    }

    /** Two-sided p-value of the hypothesis that the true mean is a value. */
    public double pValue(double hypothesis) {
        if (standardError == 0) {
            return mean == hypothesis ? 1 : 0;
        }
        double t = Math.abs(mean - hypothesis) / standardError;
        return 2 * new TDistribution(count - 1).cumulativeProbability(-t);
    }

    /** Whether the mean stands off zero by more than three standard errors. */
    public boolean standsOut() {
        return Math.abs(mean) > 3 * standardError;
    }
}
