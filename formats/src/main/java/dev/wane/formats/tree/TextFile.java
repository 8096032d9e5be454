package dev.wane.formats.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A text file that changes whole or not at all. */
public final class TextFile {
    private TextFile() {}

    /**
     * Puts a text in the place of a file's, in one move. Where a link leads to the file, the file changes and the link stays;
     * its permissions stay, and a new file has the usual ones.
     *
     * @throws IOException if the file or its folder cannot be written
     */
    public static void replace(Path file, String text) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path part = target.resolveSibling("." + target.getFileName() + ".part");
        Files.deleteIfExists(part);
        try {
            Files.writeString(part, text, StandardOpenOption.CREATE_NEW);
            keepPermissions(target, part);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void keepPermissions(Path from, Path to) throws IOException {
        boolean posix = Files.exists(from) && Files.getFileStore(to).supportsFileAttributeView("posix");
        if (posix) {
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
        }
    }
}
