package dev.wane.lab.plot;

import dev.wane.decay.CoupledSgd;
import dev.wane.dynamics.Approach;
import dev.wane.dynamics.DecayRun;
import dev.wane.dynamics.Equilibrium;
import dev.wane.dynamics.Memory;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jfree.chart.JFreeChart;
import org.jfree.data.xy.YIntervalSeries;
import org.jspecify.annotations.Nullable;

/**
 * A recipe's decay over its run: which steps the final weights remember, the decay of each step, and the predicted size
 * of scale-invariant weights, for SGD over its equilibrium.
 */
public final class ExplanationPicture {
    private static final int POINTS = 400;
    private static final double[] INITIAL_RMS = {0.02, 0.1};
    private static final double[] INITIAL_NORM = {0.5, 2};

    private ExplanationPicture() {}

    /**
     * The picture.
     *
     * @param run the decay of every step, which must be defined
     * @param equilibrium at the peak; null where the size cannot be predicted
     */
    public static Picture of(DecayRun run, @Nullable Equilibrium equilibrium) {
        List<JFreeChart> row = new ArrayList<>();
        if (!underMomentum(run)) {
            row.add(linear("Memory of the final weights", "weight of a step", "c", Memory.curve(run), run));
        }
        double[] decays = run.decays().toArray();
        row.add(linear("Decay per step", "share of a weight that a step removes", "d", decays, run));
        if (equilibrium != null) {
            row.add(size(run, equilibrium));
        }
        return new Picture(
                "explanation",
                "Memory, decay per step and predicted weight size over a run",
                List.of(row),
                Theme.LIGHT);
    }

    /** There a step's gradient reaches the weights over many steps, and no curve is defined. */
    private static boolean underMomentum(DecayRun run) {
        return run.decay().plain().convention() instanceof CoupledSgd sgd && sgd.momentum() > 0;
    }

    private static JFreeChart linear(String title, String axis, String name, double[] values, DecayRun run) {
        Panel panel = new Panel(title, new LegibleLinearAxis("step"), new LegibleLinearAxis(axis), Theme.LIGHT);
        return panel.curve(series(name, values, run), Theme.LIGHT.base()).chart();
    }

    /** The size of SGD's weights depends on the gradient: only its share of the equilibrium is known. */
    private static JFreeChart size(DecayRun run, Equilibrium equilibrium) {
        boolean relative = Double.isNaN(equilibrium.rms());
        Panel panel = new Panel(
                "Predicted weight size",
                new LegibleLinearAxis("step"),
                new LegibleLogAxis(relative ? "norm of weights over its equilibrium" : "RMS of weights"),
                Theme.LIGHT);
        Color[] colors = {Theme.LIGHT.base(), Theme.LIGHT.target(0)};
        double[] initial = relative ? INITIAL_NORM : INITIAL_RMS;
        for (int i = 0; i < initial.length; i++) {
            double[] sizes = relative
                    ? Approach.relativeNorm(initial[i], run)
                    : Approach.rms(initial[i], equilibrium.rms(), run);
            panel.curve(series("from " + initial[i], sizes, run), colors[i]);
        }
        return panel.chart();
    }

    /** At most 400 points, the first and the last among them. */
    private static YIntervalSeries series(String name, double[] values, DecayRun run) {
        YIntervalSeries series = new YIntervalSeries(name);
        int points = (int) Math.min(POINTS, run.steps());
        IntStream.range(0, points)
                .map(i -> points == 1 ? 0 : (int) ((long) i * (values.length - 1) / (points - 1)))
                .forEach(step -> series.add(step, values[step], values[step], values[step]));
        return series;
    }
}
