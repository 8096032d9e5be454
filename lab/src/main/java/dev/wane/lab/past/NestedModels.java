package dev.wane.lab.past;

import org.hipparchus.distribution.continuous.FDistribution;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.stat.regression.OLSMultipleLinearRegression;

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
        try {
            double left = squares(y, large);
            double explained = squares(y, small) - left;
            if (!(left > 0)) {
                return explained > 0 ? 0 : 1;
            }
            double f = Math.max(0, explained / more) / (left / freedom);
            return 1 - new FDistribution(more, freedom).cumulativeProbability(f);
        } catch (MathRuntimeException e) {
            // The columns are not independent: the larger model says no more than the smaller.
            return 1;
        }
    }

    private static double squares(double[] y, double[][] columns) {
        OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression(1e-10);
        regression.setNoIntercept(true);
        regression.newSampleData(y, columns);
        return regression.calculateResidualSumOfSquares();
    }
}
