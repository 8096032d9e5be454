package dev.wane.lab.past;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Whether the levels of one dimension explain more than chance beside all that is taken out: of every part of the sweep its own
 * parabola in the timescale with what the learning rate does, and the dimensions that are sure. Figures and levels are freed
 * of the part's parabola first, which gives the same coefficients as one model with all of them (Frisch, Waugh, Lovell).
 */
final class DimensionTest {
    /** Of its own size: less is rounding. */
    private static final double NOTHING = 1e-9;

    private final Levels tested;
    private final List<Levels> sure;
    private final List<double[]> rows = new ArrayList<>();
    private int taken;

    private DimensionTest(Levels tested, List<Levels> sure) {
        this.tested = tested;
        this.sure = sure;
    }

    /** Empty where the parts leave nothing of its levels, as where they were told apart by it. */
    static Optional<DimensionFinding> of(Levels tested, List<SweepPart> parts, List<Levels> sure) {
        DimensionTest test = new DimensionTest(tested, sure);
        parts.forEach(test::add);
        return test.finding();
    }

    private void add(SweepPart whole) {
        SweepPart part = whole.with(tested);
        boolean rate = tested.name().equals(Levels.RATE);
        if (part.runs().size() < 2 || (rate && part.confounded())) {
            return;
        }
        double[][] base = rate ? part.plain() : part.beside();
        double[][] written = part.runs().stream().map(this::row).toArray(double[][]::new);
        double[][] freed = new double[written.length][width() + 1];
        for (int column = 0; column <= width(); column++) {
            int at = column;
            double[] values = Arrays.stream(written).mapToDouble(row -> row[at]).toArray();
            LeastSquares fit = LeastSquares.of(values, base);
            double least = NOTHING * Arrays.stream(values).map(Math::abs).max().orElseThrow();
            for (int i = 0; i < values.length; i++) {
                double rest = values.length <= base[0].length ? 0 : values[i] - fit.at(base[i]);
                freed[i][column] = Math.abs(rest) <= least ? 0 : rest;
            }
            taken += column == 0 ? Math.min(fit.rank(), values.length) : 0;
        }
        rows.addAll(Arrays.asList(freed));
    }

    private int width() {
        return besides() + tested.width();
    }

    private int besides() {
        return sure.stream().mapToInt(Levels::width).sum();
    }

    /** Its figure, the levels of what is sure, its level. */
    private double[] row(Placed run) {
        double[] row = new double[width() + 1];
        row[0] = run.judged();
        int from = 1;
        for (Levels each : sure) {
            each.into(row, from, run);
            from += each.width();
        }
        tested.into(row, from, run);
        return row;
    }

    private Optional<DimensionFinding> finding() {
        double[] y = rows.stream().mapToDouble(row -> row[0]).toArray();
        LeastSquares small = LeastSquares.of(y, columns(1, 1 + besides()));
        LeastSquares large = LeastSquares.of(y, columns(1, 1 + width()));
        if (large.rank() <= small.rank() || rows.size() - taken <= large.rank()) {
            return Optional.empty();
        }
        double[] effects = DoubleStream.concat(
                        DoubleStream.of(0), Arrays.stream(large.coefficients()).skip(besides()))
                .filter(Double::isFinite)
                .toArray();
        double range = Arrays.stream(effects).max().orElseThrow()
                - Arrays.stream(effects).min().orElseThrow();
        double p = NestedModels.pValue(small, large, rows.size() - taken);
        return Optional.of(new DimensionFinding(tested.name(), tested.count(), range, p, false));
    }

    private double[][] columns(int from, int to) {
        return rows.stream().map(row -> Arrays.copyOfRange(row, from, to)).toArray(double[][]::new);
    }
}
