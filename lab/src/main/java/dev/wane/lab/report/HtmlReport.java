package dev.wane.lab.report;

import dev.wane.lab.plot.Picture;
import dev.wane.lab.transfer.Figures;
import dev.wane.lab.transfer.TransferResult;
import dev.wane.lab.transfer.TransferResult.ModelResult;
import dev.wane.lab.transfer.TransferResult.TargetResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** A study as one self-contained page: pictures and style are inside, nothing is fetched. */
final class HtmlReport {
    private final StringBuilder html = new StringBuilder();
    private final TransferResult result;
    private final Figures figures;

    private HtmlReport(TransferResult result) {
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
        report.head();
        ReportText.introduction(result).forEach(paragraph -> report.element("p", paragraph));
        result.models().forEach(report::model);
        report.element("h2", "Pictures");
        for (int i = 0; i < pictures.size(); i++) {
            report.figure(pictures.get(i), drawn.get(i), drawn.get(pictures.size() + i));
        }
        report.element("h2", "How it was measured");
        report.html.append("<ul>\n");
        ReportText.method(result).forEach(item -> report.element("li", item));
        report.html.append("</ul>\n</main>\n</body>\n</html>\n");
        return report.html.toString();
    }

    private void head() throws IOException {
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>")
                .append(escape("Weight decay transfer: " + result.experiment().name()))
                .append("</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n<main>\n");
        element("h1", "Weight decay transfer: " + result.experiment().name());
    }

    private void model(ModelResult model) {
        element("h2", model.model().label());
        element(
                "p",
                "Law: " + result.applicability(model.model()) + ". At the base the best λ is "
                        + figures.optimum(model.optimum()) + ".");
        model.targets().forEach(this::target);
    }

    private void target(TargetResult target) {
        element("h3", figures.target(target));
        html.append("<div class=\"table\"><table>\n<thead><tr>");
        ReportText.columns(result).forEach(cell -> element("th", cell));
        html.append("</tr></thead>\n<tbody>\n");
        ReportText.rows(target, figures).forEach(this::row);
        html.append("</tbody>\n</table></div>\n");
        element("p", ReportText.conclusion(target, figures));
    }

    private void row(List<String> cells) {
        html.append("<tr class=\"")
                .append(escape(cells.getLast().replace(' ', '-')))
                .append("\">");
        cells.forEach(cell -> element("td", cell));
        html.append("</tr>\n");
    }

    private void figure(Picture picture, String light, String dark) {
        html.append("<figure><picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"")
                .append(dataUrl(dark))
                .append("\"><img width=\"")
                .append(picture.width())
                .append("\" height=\"")
                .append(picture.height())
                .append("\" alt=\"")
                .append(escape(picture.description()))
                .append("\" src=\"")
                .append(dataUrl(light))
                .append("\"></picture>\n");
        element("figcaption", picture.description() + ".");
        html.append("</figure>\n");
    }

    private void element(String name, String text) {
        html.append('<')
                .append(name)
                .append('>')
                .append(escape(text))
                .append("</")
                .append(name)
                .append(">\n");
    }

    private static String dataUrl(String svg) {
        return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String style() throws IOException {
        try (InputStream in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
