package dev.wane.lab.report;

import dev.wane.formats.json.Json;
import dev.wane.lab.past.OptimumWords;
import dev.wane.lab.past.SettingFindings;
import dev.wane.lab.past.SweepFindings;
import dev.wane.lab.past.SweepJson;
import dev.wane.lab.past.TimescaleFit;
import dev.wane.lab.plot.Picture;
import dev.wane.lab.plot.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Writes what past runs say into a folder: report.html, report.md, result.json and the pictures. */
public final class OptimumReport {
    private static final int MOST_SETTINGS = 12;

    private OptimumReport() {}

    /**
     * Writes them.
     *
     * @throws dev.wane.lab.store.StoreException if one cannot be drawn or written
     */
    public static void write(SweepFindings findings, Path folder) {
        try {
            Files.createDirectories(folder);
            ReportFolder.whole(folder.resolve("result.json"), Json.pretty(SweepJson.of(findings)) + "\n");
        } catch (IOException e) {
            throw ReportFolder.unwritable(folder, e);
        }
        List<Picture> light = new OptimumPictures(findings, Theme.LIGHT).all();
        List<Picture> dark = new OptimumPictures(findings, Theme.DARK).all();
        ReportFolder.write(folder, light, dark, drawn -> {
            ReportFolder.whole(folder.resolve("report.md"), markdown(findings, light));
            ReportFolder.whole(folder.resolve("report.html"), html(findings, light, drawn));
        });
    }

    private static String html(SweepFindings findings, List<Picture> pictures, List<String> drawn) throws IOException {
        HtmlPage page = new HtmlPage("Best timescale of past runs");
        page.element("p", introduction(findings));
        settings(findings).forEach(setting -> {
            page.element("h2", setting.label());
            page.list(sentences(setting, findings));
        });
        page.element("h2", "At equal timescale");
        page.list(dimensions(findings));
        page.element("h2", "Pictures");
        page.figures(pictures, drawn);
        return page.end();
    }

    private static String markdown(SweepFindings findings, List<Picture> pictures) {
        List<String> lines = new ArrayList<>(List.of("# Best timescale of past runs", "", introduction(findings), ""));
        settings(findings).forEach(setting -> {
            lines.addAll(List.of("## " + setting.label(), ""));
            sentences(setting, findings).forEach(sentence -> lines.add("- " + sentence));
            lines.add("");
        });
        lines.addAll(List.of("## At equal timescale", ""));
        dimensions(findings).forEach(sentence -> lines.add("- " + sentence));
        lines.addAll(List.of("", "## Pictures", ""));
        pictures.forEach(
                picture -> lines.addAll(List.of("![" + picture.description() + "](" + picture.name() + ".png)", "")));
        return String.join("\n", lines);
    }

    private static List<SettingFindings> settings(SweepFindings findings) {
        return findings.settings().stream().limit(MOST_SETTINGS).toList();
    }

    private static String introduction(SweepFindings findings) {
        return findings.source() + ": " + OptimumWords.counts(findings) + ". Judged by "
                + findings.metric().name() + ", " + (findings.metric().larger() ? "larger" : "smaller")
                + " is better. " + String.join(". ", findings.notes());
    }

    private static List<String> sentences(SettingFindings setting, SweepFindings findings) {
        List<String> sentences = new ArrayList<>(List.of(OptimumWords.best(setting)));
        if (setting.hasOptimum()) {
            TimescaleFit fit = Objects.requireNonNull(setting.fit());
            OptimumWords.factors()
                    .forEach(factor -> sentences.add(OptimumWords.cost(
                            fit.cost(factor), findings.metric().name())));
        }
        setting.next().forEach(run -> sentences.add("next: " + OptimumWords.next(run, setting)));
        return sentences;
    }

    private static List<String> dimensions(SweepFindings findings) {
        return findings.dimensions().isEmpty()
                ? List.of("Nothing else was varied.")
                : findings.dimensions().stream().map(OptimumWords::dimension).toList();
    }
}
