package dev.wane.lab.past;

import java.util.Arrays;
import org.hipparchus.stat.regression.MillerUpdatingRegression;
import org.hipparchus.stat.regression.RegressionResults;

/**
 * A linear model through the origin; a column that says what others say counts for nothing.
 *
 * @param coefficients of the columns; NaN of one that counts for nothing
 * @param left the sum of squares of what it leaves
 */
@SuppressWarnings("ArrayRecordComponent")
record LeastSquares(double[] coefficients, double left) {

    /** Without columns, or with as many as rows, nothing is fitted or nothing is left. */
    static LeastSquares of(double[] y, double[][] columns) {
        int width = y.length == 0 ? 0 : columns[0].length;
        if (width == 0) {
            return new LeastSquares(
                    new double[0], Arrays.stream(y).map(value -> value * value).sum());
        }
        if (y.length <= width) {
            return new LeastSquares(new double[width], 0);
        }
        MillerUpdatingRegression regression = new MillerUpdatingRegression(width, false);
        regression.addObservations(columns, y);
        RegressionResults found = regression.regress();
        return new LeastSquares(found.getParameterEstimates(), found.getErrorSumSquares());
    }

    /** How many columns count. */
    int rank() {
        return (int)
                Arrays.stream(coefficients).filter(each -> !Double.isNaN(each)).count();
    }

    /** What it makes of the columns of one row. */
    double at(double[] row) {
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            sum += Double.isNaN(coefficients[i]) ? 0 : coefficients[i] * row[i];
        }
        return sum;
    }
}
