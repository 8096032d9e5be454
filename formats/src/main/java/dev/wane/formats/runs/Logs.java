package dev.wane.formats.runs;

import dev.wane.formats.log.Logged;
import dev.wane.formats.log.RunLog;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What logs say of a run, each figure with what it reached. */
final class Logs {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

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

    /** Whether a trainer's state is that of its last step; a state that does not count them is. */
    static boolean reachedItsEnd(Path state) {
        try (InputStream in = Files.newInputStream(state)) {
            JsonNode root = MAPPER.readTree(in);
            double last = root.path("max_steps").asDouble(0);
            return !(root.path("global_step").asDouble(last) < last);
        } catch (JacksonException | IOException e) {
            throw problem(state, "cannot be read: " + e.getMessage());
        }
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
