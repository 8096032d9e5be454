package dev.wane.lab.past;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.stat.correlation.PearsonsCorrelation;

/** The columns of a regression that take out what the learning rate itself does, about its mean. */
final class LearningRateEffect {
    private static final int FREEDOM = 3;

    private LearningRateEffect() {}

    /** Beyond this correlation of log₂ η and log₂ τ, as where λ was held, one cannot be told from the other. */
    private static final double CONFOUNDED = 0.99;

    /** 1, and log₂ η and its square as far as its values and the number of runs allow. */
    static double[][] columns(List<Placed> runs) {
        double[] rates = runs.stream()
                .mapToDouble(Placed::learningRate)
                .map(rate -> Math.log(rate) / Math.log(2))
                .toArray();
        double mean = Arrays.stream(rates).average().orElseThrow();
        long values = TimescaleFit.distinct(runs.stream().mapToDouble(Placed::learningRate));
        int degree = confounded(runs, rates) ? 0 : (int) Math.min(Math.min(values - 1, 2), runs.size() - 3 - FREEDOM);
        double[][] columns = new double[rates.length][];
        for (int row = 0; row < rates.length; row++) {
            double z = rates[row] - mean;
            columns[row] = switch (Math.max(0, degree)) {
                case 0 -> new double[] {1};
                case 1 -> new double[] {1, z};
                default -> new double[] {1, z, z * z};
            };
        }
        return columns;
    }

    /** The same, with as many columns as the places of the runs can tell from the parabola. */
    static double[][] resolved(List<Placed> runs, double[] positions) {
        double[][] columns = columns(runs);
        while (columns[0].length > 1 && !isFullRank(columns, positions)) {
            int fewer = columns[0].length - 1;
            columns =
                    Arrays.stream(columns).map(row -> Arrays.copyOf(row, fewer)).toArray(double[][]::new);
        }
        return columns;
    }

    private static boolean isFullRank(double[][] columns, double[] positions) {
        int width = columns[0].length + 2;
        double[][] design = new double[positions.length][];
        for (int row = 0; row < positions.length; row++) {
            design[row] = Arrays.copyOf(columns[row], width);
            design[row][width - 2] = positions[row];
            design[row][width - 1] = positions[row] * positions[row];
        }
        return LeastSquares.of(positions, design).rank() == width;
    }

    /** Whether several learning rates went with the timescale, so that neither's effect can be told from the other's. */
    static boolean confounded(List<Placed> runs) {
        double[] rates = runs.stream().mapToDouble(Placed::learningRate).toArray();
        return TimescaleFit.distinct(Arrays.stream(rates)) > 1
                && confounded(runs, Arrays.stream(rates).map(Math::log).toArray());
    }

    /** Also where it is not known. */
    private static boolean confounded(List<Placed> runs, double[] rates) {
        double[] places = runs.stream().mapToDouble(Placed::position).toArray();
        double correlation = new PearsonsCorrelation().correlation(rates, places);
        return !(Math.abs(correlation) < CONFOUNDED);
    }
}
