package dev.wane.lab.past;

import dev.wane.recipe.Recipe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.jspecify.annotations.Nullable;

/**
 * Which runs would tell most: beyond the edge where the best lies there; else those that shrink the variance of the vertex
 * −b/2a the most, one after the other (a c-optimal design for y = c + b·x + a·x², x = log₂ τ).
 */
final class NextRuns {
    private static final int COUNT = 3;
    private static final double STEP = 0.5;
    /** Doublings from the best within which a parabola is to be trusted. */
    private static final double REACH = 2;

    private NextRuns() {}

    static List<NextRun> of(Recipe recipe, TimescaleAxis axis, List<Placed> runs, @Nullable TimescaleFit fit) {
        if (recipe.learningRate() == null) {
            return List.of();
        }
        double low = runs.stream().mapToDouble(Placed::position).min().orElseThrow();
        double high = runs.stream().mapToDouble(Placed::position).max().orElseThrow();
        if (fit == null) {
            double middle = (low + high) / 2;
            return DoubleStream.of(middle - 2, middle, middle + 2)
                    .mapToObj(position -> run(recipe, axis, position, 1, "too few timescales for a best"))
                    .toList();
        }
        if (!fit.resolved()) {
            return DoubleStream.of(low, (low + high) / 2, high)
                    .mapToObj(position -> run(recipe, axis, position, 1, "tells what the timescale does from scatter"))
                    .toList();
        }
        if (fit.edge() != 0) {
            double edge = fit.edge() < 0 ? low : high;
            return DoubleStream.of(1, 2, 3)
                    .mapToObj(step ->
                            run(recipe, axis, edge + step * fit.edge(), 1, "beyond the edge at which the best lies"))
                    .toList();
        }
        return narrowing(recipe, axis, runs, fit);
    }

    private static List<NextRun> narrowing(Recipe recipe, TimescaleAxis axis, List<Placed> runs, TimescaleFit fit) {
        double vertex = Math.log(fit.parabola().vertex()) / Math.log(2);
        RealMatrix information = new Array2DRowRealMatrix(3, 3);
        for (Placed run : runs) {
            if (run.place() >= fit.nearest() && run.place() <= fit.farthest()) {
                information = information.add(outer(run.position() - vertex));
            }
        }
        Map<Double, Integer> counts = new LinkedHashMap<>();
        for (int i = 0; i < COUNT; i++) {
            double best = best(information, vertex);
            information = information.add(outer(best - vertex));
            counts.merge(best, 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .map(entry -> run(
                        recipe, axis, entry.getKey(), entry.getValue(), "narrows the interval of the best the most"))
                .toList();
    }

    /** About the vertex b = 0, and the variance of −b/2a is that of b over 4a². */
    private static double best(RealMatrix information, double vertex) {
        double best = vertex;
        double least = Double.POSITIVE_INFINITY;
        for (double position = vertex - REACH; position <= vertex + REACH; position += STEP) {
            double variance = new LUDecomposition(information.add(outer(position - vertex)))
                    .getSolver()
                    .getInverse()
                    .getEntry(1, 1);
            if (variance < least) {
                least = variance;
                best = position;
            }
        }
        return best;
    }

    private static RealMatrix outer(double x) {
        double[] row = {1, x, x * x};
        RealMatrix column = new Array2DRowRealMatrix(row);
        return column.multiplyTransposed(column);
    }

    private static NextRun run(Recipe recipe, TimescaleAxis axis, double position, int count, String reason) {
        double place = Math.pow(2, position);
        double learningRate = Objects.requireNonNull(recipe.learningRate());
        return new NextRun(place, learningRate, axis.weightDecay(recipe, place), count, reason);
    }
}
