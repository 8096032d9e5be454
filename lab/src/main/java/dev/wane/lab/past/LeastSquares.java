package dev.wane.lab.past;

import java.util.Arrays;
import java.util.stream.IntStream;
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
        int[] counting = IntStream.range(0, width)
                .filter(column -> Arrays.stream(columns).anyMatch(row -> row[column] != 0))
                .toArray();
        if (counting.length < width) {
            return spread(of(y, picked(columns, counting)), counting, width);
        }
        MillerUpdatingRegression regression = new MillerUpdatingRegression(width, false);
        regression.addObservations(columns, y);
        RegressionResults found = regression.regress();
        return new LeastSquares(found.getParameterEstimates(), found.getErrorSumSquares());
    }

    private static double[][] picked(double[][] columns, int[] counting) {
        return Arrays.stream(columns)
                .map(row -> Arrays.stream(counting)
                        .mapToDouble(column -> row[column])
                        .toArray())
                .toArray(double[][]::new);
    }

    private static LeastSquares spread(LeastSquares fit, int[] counting, int width) {
        double[] all = new double[width];
        Arrays.fill(all, Double.NaN);
        for (int i = 0; i < counting.length; i++) {
            all[counting[i]] = fit.coefficients()[i];
        }
        return new LeastSquares(all, fit.left());
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
