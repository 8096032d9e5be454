package dev.wane.lab.report;

import dev.wane.lab.plot.Picture;
import dev.wane.lab.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** What all reports share: whole files, pictures for light and dark pages. */
final class ReportFolder {
    private ReportFolder() {}

    /** Pictures and the pages that show them. */
    interface Pages {
        void write(List<String> drawn) throws IOException;
    }

    /**
     * Draws light and dark pictures, and hands their SVG on, the light ones first.
     *
     * @throws StoreException if one cannot be drawn or written
     */
    static void write(Path folder, List<Picture> light, List<Picture> dark, Pages pages) {
        try {
            pages.write(Stream.concat(light.stream(), dark.stream())
                    .parallel()
                    .map(picture -> picture.write(folder))
                    .toList());
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

    static StoreException unwritable(Path folder, Exception e) {
        return new StoreException("the report in " + folder + " cannot be written: " + e, e);
    }

    /** Replaces a file in one move: a reader sees the old or the new, never half. */
    static void whole(Path file, String text) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(partial, text);
        Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
