package dev.wane.formats.log;

import dev.wane.formats.problem.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A document that is written anew each time: of its history the entries that were not there before. */
final class StateTail extends LogTail {
    private static final long PATIENCE_MILLIS = 5000;

    private @Nullable FileTime read;
    private int entries;

    StateTail(Path file) {
        super(file);
    }

    @Override
    void read(Consumer<Logged> sink) throws IOException {
        FileTime written = Files.getLastModifiedTime(file);
        if (!written.equals(read)) {
            try {
                entries = TrainerLog.from(file, entries, sink);
                read = written;
            } catch (InputException e) {
                // It is being written anew; broken it is where it stays so.
                if (written.toMillis() < System.currentTimeMillis() - PATIENCE_MILLIS) {
                    throw e;
                }
            }
        }
    }
}
