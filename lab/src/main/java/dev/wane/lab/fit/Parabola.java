package dev.wane.lab.fit;

import java.util.List;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.stat.regression.OLSMultipleLinearRegression;
import org.jspecify.annotations.Nullable;

/**
 * A parabola y = c_seed + b·x + a·x² in x = log₂(λ/λ₀) by least squares, with an offset of its own for every seed, since
 * seeds differ more from each other than neighbouring λ do.
 *
 * @param origin λ₀
 * @param offset mean of the seeds' offsets
 * @param slope b
 * @param curvature a
 * @param covariance of (b, a), row by row; null without degrees of freedom
 * @param freedom degrees of freedom of the residuals
 */
@SuppressWarnings("ArrayRecordComponent")
record Parabola(
        double origin, double offset, double slope, double curvature, double @Nullable [][] covariance, int freedom) {
    private static final double LEVEL = 0.975;

    static Parabola fit(List<Point> points) {
        int seeds = points.getFirst().values().length;
        int rows = points.size() * seeds;
        double origin = points.get(points.size() / 2).weightDecay();
        double[] y = new double[rows];
        double[][] x = new double[rows][seeds + 2];
        for (int row = 0; row < rows; row++) {
            Point point = points.get(row / seeds);
            double position = log2(point.weightDecay() / origin);
            y[row] = point.values()[row % seeds];
            x[row][row % seeds] = 1;
            x[row][seeds] = position;
            x[row][seeds + 1] = position * position;
        }
        return regress(origin, y, x, seeds);
    }

    private static Parabola regress(double origin, double[] y, double[][] x, int seeds) {
        int freedom = y.length - seeds - 2;
        OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
        regression.setNoIntercept(true);
        regression.newSampleData(y, x);
        double[] beta = regression.estimateRegressionParameters();
        double offset = 0;
        for (int seed = 0; seed < seeds; seed++) {
            offset += beta[seed] / seeds;
        }
        double[][] covariance = freedom > 0 ? covariance(regression, seeds) : null;
        return new Parabola(origin, offset, beta[seeds], beta[seeds + 1], covariance, freedom);
    }

    private static double[][] covariance(OLSMultipleLinearRegression regression, int seeds) {
        RealMatrix inverse = new Array2DRowRealMatrix(regression.estimateRegressionParametersVariance());
        return inverse.scalarMultiply(regression.estimateErrorVariance())
                .getSubMatrix(seeds, seeds + 1, seeds, seeds + 1)
                .getData();
    }

    boolean isConvex() {
        return curvature > 0;
    }

    double vertex() {
        return origin * Math.pow(2, vertexPosition());
    }

    double minimum() {
        return offset - slope * slope / (4 * curvature);
    }

    /** 95 % interval of the vertex by the delta method; null where the curvature itself is not resolved. */
    double @Nullable [] vertexInterval() {
        if (covariance == null) {
            return null;
        }
        double quantile = new TDistribution(freedom).inverseCumulativeProbability(LEVEL);
        if (curvature < quantile * Math.sqrt(covariance[1][1])) {
            return null;
        }
        double half = quantile * Math.sqrt(vertexVariance(covariance));
        return new double[] {
            origin * Math.pow(2, vertexPosition() - half), origin * Math.pow(2, vertexPosition() + half)
        };
    }

    /** Of −b/2a: gradient (−1/2a, b/2a²). */
    private double vertexVariance(double[][] v) {
        double byB = -1 / (2 * curvature);
        double byA = slope / (2 * curvature * curvature);
        return byB * byB * v[0][0] + 2 * byB * byA * v[0][1] + byA * byA * v[1][1];
    }

    private double vertexPosition() {
        return -slope / (2 * curvature);
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
