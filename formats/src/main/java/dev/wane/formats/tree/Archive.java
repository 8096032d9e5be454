package dev.wane.formats.tree;

import dev.wane.formats.problem.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The configuration inside a saved model: {@code config.json} of Keras, {@code configuration.json} of DL4J. */
final class Archive {
    private static final List<String> NAMES = List.of("config.json", "configuration.json");
    private static final int LARGEST = 32 << 20;

    private Archive() {}

    /**
     * Its text; empty where the file is no zip archive.
     *
     * @throws InputException if it is one and has no configuration, or a broken or huge one
     */
    static Optional<String> configuration(Path file) {
        if (!is(file)) {
            return Optional.empty();
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (String name : NAMES) {
                ZipEntry entry = zip.getEntry(name);
                if (entry != null) {
                    return Optional.of(text(file, zip, entry));
                }
            }
            throw TreeReader.problem(file, "is an archive without " + String.join(" or ", NAMES));
        } catch (ZipException e) {
            throw TreeReader.problem(file, "is a broken archive: " + e.getMessage());
        } catch (IOException e) {
            throw TreeReader.problem(file, "cannot be read: " + e.getMessage());
        }
    }

    /** What is unpacked is counted, whatever the entry says of its size. */
    private static String text(Path file, ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw TreeReader.problem(file, entry.getName() + " in it is larger than 32 MiB unpacked");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    static boolean is(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] magic = in.readNBytes(4);
            return magic.length == 4 && magic[0] == 'P' && magic[1] == 'K' && magic[2] == 3 && magic[3] == 4;
        } catch (IOException e) {
            return false;
        }
    }
}
