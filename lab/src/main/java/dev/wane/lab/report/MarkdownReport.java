package dev.wane.lab.report;

import dev.wane.lab.plot.Picture;
import dev.wane.lab.transfer.Figures;
import dev.wane.lab.transfer.TransferResult;
import dev.wane.lab.transfer.TransferResult.ModelResult;
import dev.wane.lab.transfer.TransferResult.TargetResult;
import java.util.ArrayList;
import java.util.List;

/** A study as Markdown, with its pictures beside it. */
final class MarkdownReport {
    private final List<String> lines = new ArrayList<>();
    private final TransferResult result;
    private final Figures figures;

    private MarkdownReport(TransferResult result) {
        this.result = result;
        this.figures = new Figures(result.experiment().metric());
    }

    static String of(TransferResult result, List<Picture> pictures) {
        MarkdownReport report = new MarkdownReport(result);
        report.add("# Weight decay transfer: " + result.experiment().name(), "");
        ReportText.introduction(result).forEach(paragraph -> report.add(paragraph, ""));
        result.models().forEach(report::model);
        report.add("## Pictures", "");
        pictures.forEach(picture -> report.add(
                "![" + picture.description() + "](" + picture.name() + ".png)", "", picture.description() + ".", ""));
        report.add("## How it was measured", "");
        ReportText.method(result).forEach(item -> report.add("- " + item));
        return String.join("\n", report.lines) + "\n";
    }

    private void model(ModelResult model) {
        add("## " + model.model().label(), "");
        add(
                "Law: " + result.applicability(model.model()) + ". At the base the best λ is "
                        + figures.optimum(model.optimum()) + ".",
                "");
        model.targets().forEach(this::target);
    }

    private void target(TargetResult target) {
        add("### " + figures.target(target), "");
        add("| " + String.join(" | ", ReportText.columns(result)) + " |");
        add("|---|---|---|---|---|");
        ReportText.rows(target, figures).forEach(row -> add("| " + String.join(" | ", row) + " |"));
        add("", ReportText.conclusion(target, figures), "");
    }

    private void add(String... more) {
        lines.addAll(List.of(more));
    }
}
