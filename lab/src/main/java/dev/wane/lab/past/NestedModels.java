package dev.wane.lab.past;

import org.hipparchus.distribution.continuous.FDistribution;
import org.hipparchus.stat.regression.MillerUpdatingRegression;

/** Whether more columns explain more than chance: F = ((R₀ − R₁)/(p₁ − p₀)) / (R₁/(n − p₁)), R the sums of squares left. */
final class NestedModels {
    private NestedModels() {}

    /**
     * The probability of so large an F by chance.
     *
     * @param small columns of each row
     * @param large the same columns and more
     * @return 1 where there are too few rows, or columns that say the same
     */
    static double pValue(double[] y, double[][] small, double[][] large) {
        int more = large[0].length - small[0].length;
        int freedom = y.length - large[0].length;
        if (freedom < 1 || more < 1) {
            return 1;
        }
        double left = squares(y, large);
        double explained = squares(y, small) - left;
        if (!(left > 0)) {
            return explained > 0 ? 0 : 1;
        }
        double f = Math.max(0, explained / more) / (left / freedom);
        return Double.isNaN(f) ? 1 : 1 - new FDistribution(more, freedom).cumulativeProbability(f);
    }

    /** What least squares leave; a column that says what others say counts for nothing. */
    private static double squares(double[] y, double[][] columns) {
        MillerUpdatingRegression regression = new MillerUpdatingRegression(columns[0].length, false);
        regression.addObservations(columns, y);
        return regression.regress().getErrorSumSquares();
    }
}
