package dev.wane.formats.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/** A log that may still be written: each call reads what came since the last one. */
public abstract sealed class LogTail permits EventTail, LinesTail, TableTail, StateTail {
    final Path file;

    LogTail(Path file) {
        this.file = file;
    }

    /** The tail of a log, from its beginning; its name says what it is. */
    public static LogTail of(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (RunLog.isEvents(file)) {
            return new EventTail(file);
        }
        if (name.endsWith(".csv") || name.endsWith(".tsv")) {
            return new TableTail(file);
        }
        return name.endsWith(".json") ? new StateTail(file) : new LinesTail(file);
    }

    public Path file() {
        return file;
    }

    /**
     * Whether the file was written anew since the last call: then the next reading begins at its beginning.
     *
     * @return false for logs that only grow
     */
    public boolean startsAnew() {
        return false;
    }

    /**
     * Reads on.
     *
     * @return whether anything was new
     * @throws dev.wane.formats.problem.InputException if the log cannot be read, or is broken before its end
     */
    public boolean poll(Consumer<Logged> sink) {
        boolean[] any = {false};
        try {
            read(logged -> {
                any[0] = true;
                sink.accept(logged);
            });
        } catch (IOException e) {
            throw RunLog.problem(file, 0, Files.exists(file) ? "cannot be read: " + e.getMessage() : "no such file");
        }
        return any[0];
    }

    abstract void read(Consumer<Logged> sink) throws IOException;
}
