package dev.wane.lab.report;

import dev.wane.lab.plot.Picture;
import dev.wane.lab.transfer.Figures;
import dev.wane.lab.transfer.TransferResult;
import dev.wane.lab.transfer.TransferResult.ModelResult;
import dev.wane.lab.transfer.TransferResult.TargetResult;
import java.io.IOException;
import java.util.List;

/** A study as one page. */
final class HtmlReport {
    private final HtmlPage page;
    private final TransferResult result;
    private final Figures figures;

    private HtmlReport(TransferResult result) throws IOException {
        this.page = new HtmlPage("Weight decay transfer: " + result.experiment().name());
        this.result = result;
        this.figures = new Figures(result.experiment().metric());
    }

    /**
     * Writes the page.
     *
     * @param pictures for light pages
     * @param drawn as SVG, in the same order, and after them the same for dark pages
     */
    static String of(TransferResult result, List<Picture> pictures, List<String> drawn) throws IOException {
        HtmlReport report = new HtmlReport(result);
        ReportText.introduction(result).forEach(paragraph -> report.page.element("p", paragraph));
        result.models().forEach(report::model);
        report.page.element("h2", "Pictures");
        report.page.figures(pictures, drawn);
        report.page.element("h2", "How it was measured");
        report.page.list(ReportText.method(result));
        return report.page.end();
    }

    private void model(ModelResult model) {
        page.element("h2", model.model().label());
        page.element(
                "p",
                "Law: " + result.applicability(model.model()) + ". At the base the best λ is "
                        + figures.optimum(model.optimum()) + ".");
        model.targets().forEach(this::target);
    }

    private void target(TargetResult target) {
        page.element("h3", figures.target(target));
        page.table(
                ReportText.columns(result),
                ReportText.rows(target, figures),
                row -> row.getLast().replace(' ', '-'));
        page.element("p", ReportText.conclusion(target, figures));
    }
}
