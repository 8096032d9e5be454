package dev.wane.lab.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveTest {
    private static final double BEST = 1.3;

    @Test
    void theVertexOfAnExactParabolaIsFound() {
        Optimum optimum = curve(8, x -> 0.1 + 0.01 * x * x, 0, 0.002, -0.002).optimum();

        assertThat(optimum.weightDecay()).isCloseTo(BEST, withinPercentage(1e-6));
        assertThat(optimum.metric()).isCloseTo(0.1, within(1e-9));
        assertThat(optimum.fitted()).isTrue();
        assertThat(optimum.low()).isCloseTo(BEST, withinPercentage(1e-3));
    }

    @Test
    void aMonotoneCurveHasItsBestAtTheEdge() {
        Curve falling = curve(8, x -> 0.2 - 0.01 * x, 0, 0);

        assertThat(falling.edge()).isEqualTo(1);
        assertThat(falling.optimum().atEdge()).isTrue();
        assertThat(falling.optimum().fitted()).isFalse();
        assertThat(curve(8, x -> 0.2 + 0.01 * x, 0, 0).edge()).isEqualTo(-1);
    }

    @Test
    void aFlatNoisyCurveHasNoInterval() {
        Random random = new Random(4);
        Curve flat = new Curve(IntStream.range(0, 8)
                .mapToObj(place -> new Point(place, 0.1 * Math.pow(2, place), new double[] {
                    0.13 + 0.002 * random.nextGaussian(), 0.13 + 0.002 * random.nextGaussian()
                }))
                .toList());

        assertThat(flat.optimum().low()).isNull();
        assertThat(flat.optimum().high()).isNull();
    }

    @Test
    void aWeightDecayThatDivergesIsNeverTheBest() {
        List<Point> points = List.of(
                point(0, 0.2, 0.2),
                point(1, 0.1, 0.1),
                point(2, 0.15, 0.15),
                point(3, 0.01, Double.NaN),
                point(4, 0.3, 0.3));

        assertThat(new Curve(points).optimum().weightDecay()).isLessThan(0.4);
        Curve nothing = new Curve(List.of(point(0, Double.NaN, 1), point(1, 1, Double.NaN)));
        assertThat(nothing.trained()).isFalse();
        assertThat(nothing.optimum().metric()).isNaN();
    }

    /** The interval is meant to hold the true vertex in 95 of 100 curves; a delta method on 10 points may miss a little. */
    @Test
    void theIntervalCoversTheTrueOptimum() {
        Random random = new Random(9);
        int covered = 0;
        int bounded = 0;
        for (int i = 0; i < 400; i++) {
            Optimum optimum = new Curve(IntStream.range(0, 8)
                            .mapToObj(place -> noisy(place, random))
                            .toList())
                    .optimum();
            if (optimum.low() != null) {
                bounded++;
                covered += optimum.low() <= BEST && BEST <= optimum.high() ? 1 : 0;
            }
        }

        assertThat(bounded).isGreaterThan(300);
        assertThat((double) covered / bounded).isBetween(0.90, 0.99);
    }

    private static Point noisy(int place, Random random) {
        double weightDecay = 0.1 * Math.pow(2, place);
        double x = Math.log(weightDecay / BEST) / Math.log(2);
        double y = 0.13 + 0.003 * x * x;
        return new Point(place, weightDecay, new double[] {
            y + 0.001 * random.nextGaussian(), y + 0.004 + 0.001 * random.nextGaussian()
        });
    }

    private static Curve curve(int places, DoubleUnaryOperator metric, double... offsets) {
        return new Curve(IntStream.range(0, places)
                .mapToObj(place -> {
                    double weightDecay = 0.1 * Math.pow(2, place);
                    double y = metric.applyAsDouble(Math.log(weightDecay / BEST) / Math.log(2));
                    double[] values = java.util.Arrays.stream(offsets)
                            .map(offset -> y + offset)
                            .toArray();
                    return new Point(place, weightDecay, values);
                })
                .toList());
    }

    private static Point point(int place, double... values) {
        return new Point(place, 0.1 * Math.pow(2, place), values);
    }
}
