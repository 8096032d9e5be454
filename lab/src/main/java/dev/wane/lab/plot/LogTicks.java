package dev.wane.lab.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Ticks for a logarithmic axis that stay legible inside one decade: the coarsest of decades, 1-2-5, 1-1.5-2-3-5-7 and
 * round linear steps that gives at least four.
 */
final class LogTicks {
    private static final int FEWEST = 4;
    private static final double WIDEST = 1e30;
    private static final List<double[]> MANTISSAS =
            List.of(new double[] {1}, new double[] {1, 2, 5}, new double[] {1, 1.5, 2, 3, 5, 7});
    private static final double[] STEPS = {5, 2.5, 2, 1};

    private LogTicks() {}

    /** Ticks in [low, high], 0 &lt; low &lt; high; none on the axis of a panel without data. */
    static List<Double> of(double low, double high) {
        if (!(low > 0 && high < WIDEST * low)) {
            return List.of();
        }
        return Stream.concat(MANTISSAS.stream().map(mantissas -> decades(low, high, mantissas)), linear(low, high))
                .filter(ticks -> ticks.size() >= FEWEST)
                .findFirst()
                .orElseGet(() -> List.of(low, high));
    }

    private static List<Double> decades(double low, double high, double[] mantissas) {
        TreeSet<Double> ticks = new TreeSet<>();
        for (int decade = (int) Math.floor(Math.log10(low)); decade <= Math.ceil(Math.log10(high)); decade++) {
            double scale = Math.pow(10, decade);
            DoubleStream.of(mantissas)
                    .map(mantissa -> rounded(mantissa * scale))
                    .forEach(ticks::add);
        }
        return List.copyOf(ticks.subSet(low, true, high, true));
    }

    private static Stream<List<Double>> linear(double low, double high) {
        double scale = Math.pow(10, Math.floor(Math.log10(high - low)));
        return Stream.of(1.0, 0.1)
                .flatMap(finer -> DoubleStream.of(STEPS).mapToObj(step -> multiples(low, high, step * scale * finer)));
    }

    private static List<Double> multiples(double low, double high, double step) {
        long first = (long) Math.ceil(low / step - 1e-9);
        long last = (long) Math.floor(high / step + 1e-9);
        return LongStream.rangeClosed(first, last)
                .mapToObj(n -> rounded(n * step))
                .toList();
    }

    /** Drops the last binary digits, which would print as 0.30000000000000004. */
    private static double rounded(double value) {
        return new BigDecimal(value).round(new MathContext(9)).doubleValue();
    }
}
