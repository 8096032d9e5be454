package dev.wane.lab.report;

import dev.wane.formats.json.Json;
import dev.wane.lab.plot.Picture;
import dev.wane.lab.plot.Theme;
import dev.wane.lab.store.StoreException;
import dev.wane.lab.transfer.TransferJson;
import dev.wane.lab.transfer.TransferResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes what a study found into a folder: report.html, report.md, result.json and the pictures. */
public final class TransferReport {
    private TransferReport() {}

    /**
     * The folder of an experiment's report, made if absent, so that a study does not begin where it cannot report.
     *
     * @throws StoreException if it cannot be written
     */
    public static Path folder(Path out, String name) {
        Path folder = out.resolve(name);
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "probe", null));
            return folder;
        } catch (IOException e) {
            throw new StoreException("the output folder " + folder + " cannot be written: " + e, e);
        }
    }

    /**
     * Writes the result itself, which needs no fonts.
     *
     * @throws StoreException if it cannot be written
     */
    public static void writeResult(TransferResult result, Path folder) {
        try {
            ReportFolder.whole(folder.resolve("result.json"), Json.pretty(TransferJson.of(result)) + "\n");
        } catch (IOException e) {
            throw ReportFolder.unwritable(folder, e);
        }
    }

    /**
     * Writes the pictures and the pages.
     *
     * @throws StoreException if one cannot be drawn or written
     */
    public static void writePages(TransferResult result, Path folder) {
        List<Picture> light = new TransferPictures(result, Theme.LIGHT).all();
        List<Picture> dark = new TransferPictures(result, Theme.DARK).all();
        ReportFolder.write(folder, light, dark, drawn -> {
            ReportFolder.whole(folder.resolve("report.md"), MarkdownReport.of(result, light));
            ReportFolder.whole(folder.resolve("report.html"), HtmlReport.of(result, light, drawn));
        });
    }
}
