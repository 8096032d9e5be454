package dev.wane.lab.report;

import dev.wane.lab.fit.Curve;
import dev.wane.lab.fit.Point;
import dev.wane.lab.plot.ArmKind;
import dev.wane.lab.plot.LegibleLinearAxis;
import dev.wane.lab.plot.LegibleLogAxis;
import dev.wane.lab.plot.Panel;
import dev.wane.lab.plot.Picture;
import dev.wane.lab.plot.Theme;
import dev.wane.lab.transfer.Arm;
import dev.wane.lab.transfer.Figures;
import dev.wane.lab.transfer.TransferResult;
import dev.wane.lab.transfer.TransferResult.ModelResult;
import dev.wane.lab.transfer.TransferResult.TargetResult;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.TrainingScale;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.data.xy.YIntervalSeries;

/** The figures of a transfer study. */
public final class TransferPictures {
    /** A logarithmic axis has no place for a band that reaches zero. */
    private static final double LOWEST_BAND = 0.5;

    private final TransferResult result;
    private final Figures figures;
    private final Theme theme;

    public TransferPictures(TransferResult result, Theme theme) {
        this.result = result;
        this.figures = new Figures(result.experiment().metric());
        this.theme = theme;
    }

    /** All of them, in reading order; a program of the user's own tells nothing of its way, so nothing of that is drawn. */
    public List<Picture> all() {
        return traced()
                ? List.of(againstWeightDecay(), againstTimescale(), training())
                : List.of(againstWeightDecay(), againstTimescale());
    }

    private boolean traced() {
        return result.models().stream()
                .flatMap(model -> model.targets().stream())
                .anyMatch(target -> !target.best().results().getFirst().series().isEmpty());
    }

    /** One panel per network and target: where the best λ moves to, and where the laws and no law put it. */
    private Picture againstWeightDecay() {
        List<List<JFreeChart>> rows = result.models().stream()
                .map(model -> model.targets().stream()
                        .map(target -> weightDecayPanel(model, target))
                        .toList())
                .toList();
        return new Picture(
                "error-against-weight-decay",
                "Error against weight decay at the base and at each target, with the unscaled, planned and best λ marked",
                rows,
                theme);
    }

    private JFreeChart weightDecayPanel(ModelResult model, TargetResult target) {
        Panel panel = new Panel(
                        model.model().label() + ": " + shortTarget(target),
                        new LegibleLogAxis("weight decay λ (decoupled, × learning rate)"),
                        metricAxis(axisLabel()),
                        theme)
                .curve(series("base, " + tuned(), model.curve(), x -> x), theme.base())
                .curve(series("target, " + tuned(), target.curve(), x -> x), theme.target(0));
        mark(panel, ArmKind.UNSCALED, target.unscaled().arm());
        mark(panel, ArmKind.PLANNED, target.headline().judgement().arm());
        mark(panel, ArmKind.BEST, target.best());
        return panel.chart();
    }

    /** One panel per network: at equal timescale the curves of all settings should fall together. */
    private Picture againstTimescale() {
        List<List<JFreeChart>> rows = Picture.inRowsOfTwo(
                result.models().stream().map(this::timescalePanel).toList());
        return new Picture(
                "error-against-timescale",
                "The same curves against the timescale in epochs, where they should fall together",
                rows,
                theme);
    }

    private JFreeChart timescalePanel(ModelResult model) {
        Panel panel = new Panel(
                model.model().label(),
                new LegibleLogAxis("timescale τ at peak learning rate (epochs)"),
                metricAxis((tested() ? "validation " : "") + axisLabel()),
                theme);
        panel.curve(series("base", model.curve(), epochs(result.experiment().base())), theme.base());
        for (int i = 0; i < model.targets().size(); i++) {
            TargetResult target = model.targets().get(i);
            panel.curve(series(shortTarget(target), target.curve(), epochs(target.recipe())), theme.target(i));
        }
        return panel.chart();
    }

    /** Two panels per network and target: training loss and weight size of the marked runs, first fresh seed. */
    private Picture training() {
        List<List<JFreeChart>> rows = result.models().stream()
                .flatMap(model -> model.targets().stream().map(target -> trainingRow(model, target)))
                .toList();
        return new Picture(
                "training-curves",
                "Training loss and root mean square of the decayed weights over the marked runs",
                rows,
                theme);
    }

    private List<JFreeChart> trainingRow(ModelResult model, TargetResult target) {
        String title = model.model().label() + ": " + shortTarget(target);
        return List.of(
                trainingPanel(title, "loss", "training loss of a batch (nats)", target),
                trainingPanel(title, "weightRms.matrix", "RMS of decayed weights", target));
    }

    private JFreeChart trainingPanel(String title, String name, String label, TargetResult target) {
        Panel panel = new Panel(title, new LegibleLinearAxis("epoch"), new LegibleLogAxis(label), theme);
        double stepsPerEpoch = Math.ceil(TrainingScale.of(target.recipe()).stepsPerEpoch());
        run(panel, ArmKind.UNSCALED, name, target.unscaled().arm(), stepsPerEpoch);
        run(panel, ArmKind.PLANNED, name, target.headline().judgement().arm(), stepsPerEpoch);
        run(panel, ArmKind.BEST, name, target.best(), stepsPerEpoch);
        return panel.chart();
    }

    private void run(Panel panel, ArmKind kind, String name, Arm arm, double stepsPerEpoch) {
        YIntervalSeries series = new YIntervalSeries(kind.label() + ", λ = " + figures.lambda(arm.weightDecay()));
        arm.results().getFirst().series().stream()
                .filter(point -> point.name().equals(name) && point.value() > 0)
                .forEach(point ->
                        series.add((point.step() + 1) / stepsPerEpoch, point.value(), point.value(), point.value()));
        panel.curve(series, theme.arm(kind));
    }

    private void mark(Panel panel, ArmKind kind, Arm arm) {
        if (arm.diverged() == 0) {
            panel.mark(
                    kind.label() + (tested() ? ", test" : "") + ": λ = " + figures.lambda(arm.weightDecay()),
                    kind,
                    arm.weightDecay(),
                    figures.drawn(arm.mean()),
                    figures.scaled(arm.deviation()));
        }
    }

    private YIntervalSeries series(String label, Curve curve, DoubleUnaryOperator x) {
        YIntervalSeries series = new YIntervalSeries(label);
        for (Point point : curve.points()) {
            double y = figures.drawn(point.mean());
            double deviation = Double.isNaN(point.deviation()) ? 0 : figures.scaled(point.deviation());
            if (Double.isFinite(y)) {
                series.add(
                        x.applyAsDouble(point.weightDecay()),
                        y,
                        positive() ? Math.max(y - deviation, LOWEST_BAND * y) : y - deviation,
                        y + deviation);
            }
        }
        return series;
    }

    /** Logarithmic for what is always above 0, which a metric of the user's own need not be. */
    private ValueAxis metricAxis(String label) {
        return positive() ? new LegibleLogAxis(label) : new LegibleLinearAxis(label);
    }

    private boolean positive() {
        return result.models().stream()
                .flatMap(model -> Stream.concat(
                        model.curve().points().stream(),
                        model.targets().stream().flatMap(target -> target.curve().points().stream())))
                .map(point -> figures.drawn(point.mean()))
                .noneMatch(drawn -> drawn <= 0);
    }

    private static DoubleUnaryOperator epochs(Recipe recipe) {
        double stepsPerEpoch = TrainingScale.of(recipe).stepsPerEpoch();
        double learningRate = Objects.requireNonNull(recipe.learningRate());
        return weightDecay -> recipe.convention().timescaleSteps(learningRate, weightDecay) / stepsPerEpoch;
    }

    private boolean tested() {
        return result.experiment().metric().tested();
    }

    private String tuned() {
        return tested() ? "validation" : "tuning";
    }

    private String axisLabel() {
        String unit = figures.unit().strip();
        return result.experiment().metric().id() + (unit.isEmpty() ? "" : " (" + unit + ")");
    }

    private String shortTarget(TargetResult target) {
        return figures.shortTarget(target);
    }
}
