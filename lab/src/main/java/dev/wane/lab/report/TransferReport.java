package dev.wane.lab.report;

import dev.wane.formats.json.Json;
import dev.wane.lab.plot.Picture;
import dev.wane.lab.plot.Theme;
import dev.wane.lab.store.StoreException;
import dev.wane.lab.transfer.TransferJson;
import dev.wane.lab.transfer.TransferResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

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
            whole(folder.resolve("result.json"), Json.pretty(TransferJson.of(result)) + "\n");
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    /**
     * Writes the pictures and the pages.
     *
     * @throws StoreException if one cannot be drawn or written
     */
    public static void writePages(TransferResult result, Path folder) {
        try {
            List<Picture> light = new TransferPictures(result, Theme.LIGHT).all();
            List<Picture> dark = new TransferPictures(result, Theme.DARK).all();
            List<String> drawn = Stream.concat(light.stream(), dark.stream())
                    .parallel()
                    .map(picture -> picture.write(folder))
                    .toList();
            whole(folder.resolve("report.md"), MarkdownReport.of(result, light));
            whole(folder.resolve("report.html"), HtmlReport.of(result, light, drawn));
        } catch (IOException | UncheckedIOException e) {
            throw unwritable(folder, e);
        } catch (LinkageError | InternalError | NullPointerException e) {
            // A headless JDK without fontconfig or fonts fails in one of these ways, deep inside its font code.
            throw new StoreException(
                    "the pictures cannot be drawn: install fontconfig and a font (Debian: fontconfig, fonts-dejavu-core)"
                            + " and run the same command again; result.json is written. " + e,
                    e);
        }
    }

    private static StoreException unwritable(Path folder, Exception e) {
        return new StoreException(
                "the report in " + folder + " cannot be written: " + e + "; the trials are stored", e);
    }

    /** Replaces a file in one move: a reader sees the old or the new, never half. */
    private static void whole(Path file, String text) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(partial, text);
        Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
