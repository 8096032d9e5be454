package dev.wane.cli;

import dev.wane.explain.ExplainedGroup;
import dev.wane.recipe.Recipe;
import dev.wane.watch.Diagnosis;
import dev.wane.watch.Trace;
import dev.wane.watch.WatchedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the logs of a run show, for the terminal. */
final class WatchText {
    private static final int WIDTH = 40;

    private final List<String> lines = new ArrayList<>();
    private final WatchedRun run;
    private final Style style;

    private WatchText(WatchedRun run, Style style) {
        this.run = run;
        this.style = style;
    }

    static String of(WatchedRun run, List<Diagnosis> diagnoses, Style style) {
        WatchText text = new WatchText(run, style);
        text.head();
        text.curve("train loss", run.trainLoss());
        text.curve("held-out loss", run.heldOutLoss());
        text.curve("learning rate", run.learningRate());
        text.curve("gradient norm", run.gradientNorm());
        text.plan();
        text.lines.add("");
        if (run.traces().isEmpty()) {
            text.lines.add("nothing is logged yet");
        } else if (diagnoses.isEmpty()) {
            text.lines.add(style.good("nothing stands out"));
        }
        diagnoses.forEach(text::diagnosis);
        return String.join("\n", text.lines);
    }

    private void head() {
        String planned = run.plannedSteps() == 0 ? "" : " of " + run.plannedSteps();
        lines.add(style.bold(run.source()) + ": step " + Numbers.of(run.lastStep()) + planned);
        if (!run.parameters().isEmpty()) {
            long decayed =
                    run.parameters().stream().filter(each -> each.decayed()).count();
            long unknown = run.parameters().stream()
                    .filter(each -> Double.isNaN(each.weightDecay()))
                    .count();
            lines.add("  " + run.parameters().size() + " parameters probed, " + decayed + " of them decayed"
                    + (unknown == 0 ? "" : ", " + unknown + " by a λ that the probe could not tell"));
        }
        run.model().ifPresent(model -> model.sentences().forEach(line -> lines.add("  " + line)));
        run.restarts().forEach(step -> lines.add("  went back to step " + Numbers.of(step)));
    }

    private void curve(String name, Optional<Trace> trace) {
        trace.filter(each -> !each.isEmpty())
                .ifPresent(each -> lines.add(String.format(
                        "  %-14s %s  %s",
                        name, Sparkline.of(each, WIDTH), Numbers.of(each.last().value()))));
    }

    /** The plan beside the measurement. */
    private void plan() {
        Recipe recipe = run.recipe();
        if (recipe == null || (recipe.learningRate() == null && recipe.weightDecay() == null)) {
            lines.add("  what it was meant to train with is not known: give --config FILE, or --optimizer, --lr …");
            return;
        }
        lines.add("");
        lines.add(String.format("  %-22s %-14s %s", "", "meant", "logged"));
        row(
                "learning rate now",
                scheduled(recipe),
                run.learningRate().map(trace -> trace.last().value()));
        row("weight decay", Optional.ofNullable(recipe.weightDecay()), seen());
        double decay = ExplainedGroup.of("run", recipe).decayPerStep();
        row("decay per step, peak", Optional.of(decay), peak(recipe));
    }

    /** Of the steps that were logged; λ may move too. */
    private Optional<Double> peak(Recipe recipe) {
        return run.learningRate()
                .map(rate -> rate.samples().stream()
                        .mapToDouble(each -> recipe.convention().decayPerStep(each.value(), 1, run.lambda(each.step())))
                        .max()
                        .orElse(Double.NaN));
    }

    /** λ as logged or probed. */
    private Optional<Double> seen() {
        boolean logged = run.weightDecay().isPresent() || !run.parameters().isEmpty();
        return logged ? Optional.of(run.lambda()) : Optional.empty();
    }

    private Optional<Double> scheduled(Recipe recipe) {
        long steps = run.plannedSteps();
        Double peak = recipe.learningRate();
        if (steps < 1 || peak == null) {
            return Optional.empty();
        }
        double last = run.learningRate().map(rate -> rate.last().step()).orElse(run.lastStep());
        long step = Math.clamp((long) last - 1, 0, steps - 1);
        return Optional.of(peak * recipe.scheduleOrConstant().multiplier(step, steps));
    }

    private void row(String name, Optional<Double> meant, Optional<Double> logged) {
        lines.add(String.format("  %-22s %-14s %s", name, text(meant), text(logged)));
    }

    private static String text(Optional<Double> value) {
        return value.filter(number -> !Double.isNaN(number)).map(Numbers::of).orElse("-");
    }

    private void diagnosis(Diagnosis diagnosis) {
        String title = diagnosis.severity().id() + ": " + diagnosis.id()
                + (Double.isNaN(diagnosis.firstStep()) ? "" : ", from step " + Numbers.of(diagnosis.firstStep()));
        lines.add(diagnosis.severity() == Diagnosis.Severity.INFO ? style.bold(title) : style.bad(title));
        lines.add("  " + diagnosis.evidence());
        lines.add("  said where: " + diagnosis.threshold());
        lines.add("  remedy: " + diagnosis.remedy() + " (" + diagnosis.source() + ")");
    }
}
