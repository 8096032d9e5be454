package dev.wane.formats.watch;

import dev.wane.formats.log.RunLog;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The logs in a run's folder. */
public final class LogFiles {
    private static final int DEEPEST = 3;

    private LogFiles() {}

    /**
     * A file by itself; of a folder its events, tables, JSON lines and trainer's state.
     *
     * @throws InputException if there are none
     */
    public static List<Path> of(Path source) {
        if (!Files.isDirectory(source)) {
            return List.of(source);
        }
        try (Stream<Path> files = Files.walk(source, DEEPEST)) {
            List<Path> logs = files.filter(Files::isRegularFile)
                    .filter(LogFiles::isLog)
                    .sorted()
                    .toList();
            if (logs.isEmpty()) {
                throw problem(source, "holds no log: no events, *.jsonl, *.csv or trainer_state.json");
            }
            return logs;
        } catch (IOException e) {
            throw problem(source, "cannot be read: " + e.getMessage());
        }
    }

    private static boolean isLog(Path file) {
        String name = file.getFileName().toString();
        return RunLog.isEvents(file)
                || name.endsWith(".jsonl")
                || name.equals("metrics.csv")
                || name.equals("results.csv")
                || name.equals("trainer_state.json");
    }

    private static InputException problem(Path source, String message) {
        return new InputException(List.of(new Problem(new Position(source.toString(), 0, 0), message)));
    }
}
