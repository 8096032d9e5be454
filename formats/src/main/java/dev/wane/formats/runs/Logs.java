package dev.wane.formats.runs;

import dev.wane.formats.log.Logged;
import dev.wane.formats.log.RunLog;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What logs say of a run, each figure with what it reached. */
final class Logs {
    private Logs() {}

    static Map<String, Extent> figures(List<Path> logs) {
        Map<String, Extent> figures = new LinkedHashMap<>();
        logs.forEach(log -> RunLog.each(log, logged -> add(logged, figures)));
        return figures;
    }

    private static void add(Logged logged, Map<String, Extent> figures) {
        figures.compute(
                logged.name(),
                (name, extent) -> extent == null ? Extent.of(logged.value()) : extent.and(logged.value()));
    }

    /** What a folder holds, by name. */
    static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw problem(folder, "cannot be read: " + e.getMessage());
        }
    }

    static InputException problem(Path file, String message) {
        return new InputException(List.of(new Problem(new Position(file.toString(), 0, 0), message)));
    }
}
