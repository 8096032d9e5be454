package dev.wane.lab.report;

import dev.wane.lab.plot.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** One self-contained page: pictures and style are inside, nothing is fetched. */
final class HtmlPage {
    private final StringBuilder html = new StringBuilder();

    HtmlPage(String title) throws IOException {
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>")
                .append(escape(title))
                .append("</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n<main>\n");
        element("h1", title);
    }

    void element(String name, String text) {
        html.append('<')
                .append(name)
                .append('>')
                .append(escape(text))
                .append("</")
                .append(name)
                .append(">\n");
    }

    void list(List<String> items) {
        html.append("<ul>\n");
        items.forEach(item -> element("li", item));
        html.append("</ul>\n");
    }

    /** A table; each row has a class of its own. */
    void table(List<String> columns, List<List<String>> rows, Function<List<String>, String> kind) {
        html.append("<div class=\"table\"><table>\n<thead><tr>");
        columns.forEach(cell -> element("th", cell));
        html.append("</tr></thead>\n<tbody>\n");
        rows.forEach(row -> row(row, kind.apply(row)));
        html.append("</tbody>\n</table></div>\n");
    }

    private void row(List<String> cells, String kind) {
        html.append("<tr class=\"").append(escape(kind)).append("\">");
        cells.forEach(cell -> element("td", cell));
        html.append("</tr>\n");
    }

    /**
     * Pictures.
     *
     * @param drawn as SVG, in the same order, and after them the same for dark pages
     */
    void figures(List<Picture> pictures, List<String> drawn) {
        for (int i = 0; i < pictures.size(); i++) {
            figure(pictures.get(i), drawn.get(i), drawn.get(pictures.size() + i));
        }
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

    String end() {
        return html.append("</main>\n</body>\n</html>\n").toString();
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
        try (InputStream in = Objects.requireNonNull(HtmlPage.class.getResourceAsStream("report.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
