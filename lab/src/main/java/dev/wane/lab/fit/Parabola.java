package dev.wane.lab.fit;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.stat.regression.OLSMultipleLinearRegression;
import org.jspecify.annotations.Nullable;

/**
 * A parabola y = c·z + b·x + a·x² in x = log₂(λ/λ₀), or of a timescale in the place of λ, by least squares. What z holds is
 * taken out of the comparison: for a grid an offset of its own for every seed, since seeds differ more from each other than
 * neighbouring λ do.
 *
 * @param origin λ₀
 * @param offset of the parabola: c·z at the z that it is read at
 * @param slope b
 * @param curvature a
 * @param covariance of (b, a), row by row; null without degrees of freedom
 * @param freedom degrees of freedom of the residuals
 */
@SuppressWarnings("ArrayRecordComponent")
public record Parabola(
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
        double[] mean = new double[seeds];
        Arrays.fill(mean, 1.0 / seeds);
        return regress(origin, y, x, mean);
    }

    /**
     * Fits.
     *
     * @param origin λ₀
     * @param y smaller is better
     * @param positions x of each
     * @param beside z of each
     * @param at the z that the parabola is read at
     */
    public static Parabola fit(double origin, double[] y, double[] positions, double[][] beside, double[] at) {
        double[][] rows = new double[y.length][];
        for (int row = 0; row < y.length; row++) {
            rows[row] = Arrays.copyOf(beside[row], at.length + 2);
            rows[row][at.length] = positions[row];
            rows[row][at.length + 1] = positions[row] * positions[row];
        }
        return regress(origin, y, rows, at);
    }

    private static Parabola regress(double origin, double[] y, double[][] x, double[] at) {
        int others = at.length;
        int freedom = y.length - others - 2;
        OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
        regression.setNoIntercept(true);
        regression.newSampleData(y, x);
        double[] beta = regression.estimateRegressionParameters();
        double offset = 0;
        for (int i = 0; i < others; i++) {
            offset += beta[i] * at[i];
        }
        double[][] covariance = freedom > 0 ? covariance(regression, others) : null;
        return new Parabola(origin, offset, beta[others], beta[others + 1], covariance, freedom);
    }

    private static double[][] covariance(OLSMultipleLinearRegression regression, int others) {
        RealMatrix inverse = new Array2DRowRealMatrix(regression.estimateRegressionParametersVariance());
        return inverse.scalarMultiply(regression.estimateErrorVariance())
                .getSubMatrix(others, others + 1, others, others + 1)
                .getData();
    }

    /** Whether it has a minimum. */
    public boolean isConvex() {
        return curvature > 0;
    }

    /** Its value at a λ, or a timescale, &gt; 0. */
    public double at(double place) {
        double x = log2(place / origin);
        return offset + slope * x + curvature * x * x;
    }

    /** Where the minimum is: λ, or a timescale. */
    public double vertex() {
        return origin * Math.pow(2, vertexPosition());
    }

    /** The minimum. */
    public double minimum() {
        return offset - slope * slope / (4 * curvature);
    }

    /** 95 % interval of the vertex by the delta method; null where the curvature itself is not resolved. */
    public double @Nullable [] vertexInterval() {
        if (covariance == null) {
            return null;
        }
        double quantile = quantile();
        if (curvature < quantile * Math.sqrt(covariance[1][1])) {
            return null;
        }
        double half = quantile * Math.sqrt(vertexVariance(covariance));
        return new double[] {
            origin * Math.pow(2, vertexPosition() - half), origin * Math.pow(2, vertexPosition() + half)
        };
    }

    /**
     * 95 % interval of the vertex by Fieller's theorem: every x at which the slope b + 2ax is not told from 0. Beside the delta
     * method's it holds where the curvature is weak, and is longer on its flat side; null where the curvature is not resolved.
     */
    public double @Nullable [] fiellerInterval() {
        if (covariance == null || vertexInterval() == null) {
            return null;
        }
        double t = quantile() * quantile();
        double square = 4 * (curvature * curvature - t * covariance[1][1]);
        double linear = 4 * (slope * curvature - t * covariance[0][1]);
        double constant = slope * slope - t * covariance[0][0];
        double root = Math.sqrt(Math.max(0, linear * linear - 4 * square * constant));
        return new double[] {
            origin * Math.pow(2, (-linear - root) / (2 * square)), origin * Math.pow(2, (-linear + root) / (2 * square))
        };
    }

    /** 95 % interval of the curvature a; null without degrees of freedom. */
    public double @Nullable [] curvatureInterval() {
        if (covariance == null) {
            return null;
        }
        double half = quantile() * Math.sqrt(covariance[1][1]);
        return new double[] {curvature - half, curvature + half};
    }

    private double quantile() {
        return new TDistribution(freedom).inverseCumulativeProbability(LEVEL);
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
