package dev.wane.lab.past;

import org.hipparchus.distribution.continuous.FDistribution;

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
        return pValue(LeastSquares.of(y, small), LeastSquares.of(y, large), y.length);
    }

    /**
     * The same of models that were fitted.
     *
     * @param freedom rows, less what was taken out of them before
     */
    static double pValue(LeastSquares small, LeastSquares large, int freedom) {
        int more = large.rank() - small.rank();
        int rest = freedom - large.rank();
        if (rest < 1 || more < 1) {
            return 1;
        }
        double explained = small.left() - large.left();
        if (!(large.left() > 0)) {
            return explained > 0 ? 0 : 1;
        }
        double f = Math.max(0, explained / more) / (large.left() / rest);
        return Double.isNaN(f) ? 1 : 1 - new FDistribution(more, rest).cumulativeProbability(f);
    }
}
