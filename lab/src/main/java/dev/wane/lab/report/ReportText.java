package dev.wane.lab.report;

import dev.wane.formats.experiment.CommandTaskSpec;
import dev.wane.lab.transfer.FailedTrial;
import dev.wane.lab.transfer.Figures;
import dev.wane.lab.transfer.Judgement;
import dev.wane.lab.transfer.TransferResult;
import dev.wane.lab.transfer.TransferResult.TargetResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The words that the HTML and the Markdown report share. */
final class ReportText {
    private ReportText() {}

    static List<String> introduction(TransferResult result) {
        Figures figures = new Figures(result.experiment().metric());
        List<String> paragraphs = new ArrayList<>();
        paragraphs.add("λ was tuned at batch size "
                + figures.lambda(
                        Objects.requireNonNull(result.experiment().base().batchSize()))
                + " on " + tuned(result)
                + ", then carried to each target in three ways: unscaled, as the laws plan it, and as"
                + " the target's own search finds best. All three were trained on "
                + result.experiment().seeds().confirm()
                + " fresh seeds" + (external(result) ? "" : ", and the test images were read once")
                + ". Regret is the mean difference to the best, seed by seed.");
        paragraphs.add(
                "Margin: " + figures.difference(result.experiment().margin())
                        + " (largest regret that counts as \"as good\"). Noise: " + figures.deviation(result.noise())
                        + " (standard deviation over seeds at the best λ). A difference within the noise is unresolved, never a win.");
        if (result.quick()) {
            paragraphs.add(
                    "This was a quick run: fewer seeds, a coarser grid walked from its middle, and of the laws only the recommended one and those"
                            + " that give nearly its λ or leave λ as it is. Its intervals are wide.");
        }
        if (!result.failures().isEmpty()) {
            paragraphs.add("Ended without a figure, and counted as diverged: "
                    + String.join(
                            "; ",
                            result.failures().stream()
                                    .map(FailedTrial::sentence)
                                    .toList())
                    + ".");
        }
        return paragraphs;
    }

    static List<String> columns(TransferResult result) {
        Figures figures = new Figures(result.experiment().metric());
        return List.of(
                "weight decay",
                "λ",
                result.experiment().metric().confirmed(),
                "regret (" + figures.differenceUnit() + ")",
                "verdict");
    }

    static String conclusion(TargetResult target, Figures figures) {
        String text = figures.conclusion(target);
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
    }

    /** Name, λ, metric, regret with interval, verdict: see {@link #columns}. */
    static List<List<String>> rows(TargetResult target, Figures figures) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("unscaled", target.unscaled().arm().weightDecay(), target.unscaled(), figures));
        target.planned()
                .forEach(planned -> rows.add(row(
                        planned.alternative().law().id()
                                + (planned.alternative().recommended() ? " (recommended)" : ""),
                        planned.alternative().weightDecay(),
                        planned.judgement(),
                        figures)));
        List<String> best = figures.best(target);
        rows.add(List.of("best found", best.get(0), best.get(1), "0 by definition", "λ " + best.get(2)));
        return rows;
    }

    private static List<String> row(String name, double weightDecay, Judgement judgement, Figures figures) {
        List<String> cells = figures.arm(weightDecay, judgement);
        return List.of(
                name,
                cells.get(0),
                cells.get(1),
                cells.get(2),
                judgement.verdict().id());
    }

    static List<String> method(TransferResult result) {
        return List.of(
                "Tuning: the mean over " + result.experiment().seeds().tune()
                        + " seeds on " + tuned(result) + "; the best λ is the vertex of a parabola in"
                        + " log₂ λ through the five points around the smallest mean, or the three where that is not beside it. Curves show "
                        + result.experiment().metric().tuned() + ", marks show "
                        + result.experiment().metric().confirmed()
                        + (external(result)
                                ? ", of runs on other seeds."
                                : ": the test set is read by the confirmation runs only."),
                "Verdict: transfers if the interval of the regret ends within the margin, does-not-transfer if it begins"
                        + " beyond it, else unresolved. Intervals are 95 % paired t-intervals, Holm-corrected over the laws of"
                        + " a target. Laws whose λ differ by less than 1 % share their runs.",
                "Laws that also set η, β or ε are planned and not trained here, as are those that another one is recommended"
                        + " over; wane plan prints them all.",
                "The laws speak of normalised weights. A plain network is run as well where the experiment has one, and is"
                        + " marked not-expected.",
                external(result)
                        ? "The program is given the seed: that differences between λ are paired rests on what it makes of it."
                        : "Initialisation and data order depend on the seed alone, so that differences between λ are paired.",
                String.format(
                        Locale.ROOT,
                        "%d trials, %.0f seconds; Wane %s, %s, Java %s, %s, %s.",
                        result.trials(),
                        result.seconds(),
                        result.provenance().code(),
                        result.provenance().engine(),
                        result.provenance().java(),
                        result.provenance().cpu(),
                        result.provenance().system()));
    }

    private static boolean external(TransferResult result) {
        return result.experiment().task() instanceof CommandTaskSpec;
    }

    private static String tuned(TransferResult result) {
        return external(result)
                ? "the program's " + result.experiment().metric().id()
                : "validation images held out of the training set";
    }
}
