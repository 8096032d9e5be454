package dev.wane.cli;

import dev.wane.lab.stats.Verdict;
import dev.wane.lab.transfer.Figures;
import dev.wane.lab.transfer.TransferResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The final table. */
final class TransferText {
    private final List<String> lines = new ArrayList<>();
    private final TransferResult result;
    private final Figures figures;
    private final Style style;

    private TransferText(TransferResult result, Style style) {
        this.result = result;
        this.figures = new Figures(result.experiment().metric());
        this.style = style;
    }

    static String of(TransferResult result, Style style) {
        TransferText text = new TransferText(result, style);
        result.models().forEach(text::model);
        text.lines.add("");
        text.lines.add(result.experiment().metric().confirmed() + " ± s.d. over "
                + result.experiment().seeds().confirm() + " fresh seeds; regret against the best λ in "
                + text.figures.differenceUnit() + ", with its interval;");
        text.lines.add("margin " + text.figures.difference(result.experiment().margin())
                + ", noise (seed s.d. at best) "
                + text.figures.deviation(result.noise()) + "; " + result.trials() + " trials, "
                + Durations.of(result.seconds())
                + (result.quick() ? "; quick: fewer seeds, coarser grid, recommended law only" : ""));
        text.failures();
        return String.join("\n", text.lines);
    }

    private void failures() {
        if (!result.failures().isEmpty()) {
            lines.add(style.bad("ended without a figure, and counted as diverged; the same command tries again:"));
            result.failures().forEach(failure -> lines.add("  " + failure.sentence()));
        }
    }

    private void model(TransferResult.ModelResult model) {
        lines.add("");
        lines.add(style.bold(model.model().label()) + "  (law " + result.applicability(model.model()) + ")");
        lines.add("  base: best λ " + figures.optimum(model.optimum()));
        model.targets().forEach(this::target);
    }

    private void target(TransferResult.TargetResult target) {
        lines.add("  " + style.bold("target: " + figures.target(target)));
        row(
                "unscaled",
                figures.arm(target.unscaled().arm().weightDecay(), target.unscaled()),
                target.unscaled().verdict());
        target.planned()
                .forEach(planned -> row(
                        planned.alternative().law().id()
                                + (planned.alternative().recommended() ? " *" : ""),
                        figures.arm(planned.alternative().weightDecay(), planned.judgement()),
                        planned.judgement().verdict()));
        row("best found", figures.best(target), null);
        lines.add("    " + style.faint(figures.conclusion(target)));
    }

    private void row(String name, List<String> cells, @Nullable Verdict verdict) {
        lines.add(String.format(
                "    %-20s λ %-8s %-16s %-30s %s", name, cells.get(0), cells.get(1), cells.get(2), paint(verdict)));
    }

    private String paint(@Nullable Verdict verdict) {
        return switch (verdict) {
            case null -> "";
            case TRANSFERS -> style.good(verdict.id());
            case DOES_NOT_TRANSFER -> style.bad(verdict.id());
            case UNRESOLVED -> verdict.id();
        };
    }
}
