package dev.wane.formats.log;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** A log of a run, read from front to back without being held. */
public final class RunLog {
    private static final String EVENTS = "tfevents";

    private RunLog() {}

    /**
     * Hands on every number of a log; its name says what it is.
     *
     * @throws InputException if it cannot be read, or is broken before its end
     */
    public static void each(Path file, Consumer<Logged> sink) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        try {
            if (name.contains(EVENTS)) {
                EventFile.each(file, sink);
            } else if (name.endsWith(".csv") || name.endsWith(".tsv")) {
                CsvLog.each(file, sink);
            } else if (name.endsWith(".json")) {
                TrainerLog.each(file, sink);
            } else {
                JsonLines.each(file, sink);
            }
        } catch (IOException e) {
            throw problem(file, 0, Files.exists(file) ? "cannot be read: " + e.getMessage() : "no such file");
        }
    }

    static InputException problem(Path file, int line, String message) {
        return new InputException(
                List.of(new Problem(new Position(file.toString(), line, line == 0 ? 0 : 1), message)));
    }

    /** Whether a log is a table that counts epochs and no steps. */
    public static boolean countsEpochs(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        try {
            return (name.endsWith(".csv") || name.endsWith(".tsv")) && CsvLog.countsEpochs(file);
        } catch (IOException e) {
            // What cannot be read is said by the reading.
            return false;
        }
    }

    /** Whether a file is TensorBoard's, by its name. */
    public static boolean isEvents(Path file) {
        return file.getFileName().toString().contains(EVENTS);
    }
}
