package dev.wane.lab.past;

import dev.wane.lab.fit.Parabola;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a parabola in the timescale alone leaves over of the figures of a setting's runs. */
final class Residuals {
    private Residuals() {}

    /** Of the runs that the fit has seen. */
    static void add(List<Placed> runs, @Nullable TimescaleFit fit, List<Dimensions.Residual> to) {
        if (fit == null) {
            return;
        }
        List<Placed> window = runs.stream()
                .filter(run -> run.place() >= fit.nearest() && run.place() <= fit.farthest())
                .toList();
        double origin = window.getFirst().place();
        double[] y = window.stream().mapToDouble(Placed::judged).toArray();
        double[] x = window.stream()
                .mapToDouble(run -> Math.log(run.place() / origin) / Math.log(2))
                .toArray();
        double[][] one = window.stream().map(run -> new double[] {1}).toArray(double[][]::new);
        Parabola parabola = Parabola.fit(origin, y, x, one, new double[] {1});
        for (int i = 0; i < y.length; i++) {
            double fitted = parabola.offset() + parabola.slope() * x[i] + parabola.curvature() * x[i] * x[i];
            to.add(new Dimensions.Residual(
                    y[i] - fitted,
                    Double.toString(window.get(i).learningRate()),
                    window.get(i).run().others()));
        }
    }
}
