package dev.wane.formats.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code trainer_state.json}: the entries of its {@code log_history}; of any other JSON document, its numbers. */
final class TrainerLog {
    private TrainerLog() {}

    static void each(Path file, Consumer<Logged> sink) throws IOException {
        from(file, 0, sink);
    }

    /** Hands on the entries from one on, all where there are fewer by now, and says how many there are. */
    static int from(Path file, int known, Consumer<Logged> sink) throws IOException {
        JsonNode root = tree(file);
        JsonNode history = root.get("log_history");
        if (history == null || !history.isArray()) {
            JsonLines.numbers("", root, JsonLines.step(root), sink);
            return 0;
        }
        for (int i = history.size() < known ? 0 : known; i < history.size(); i++) {
            JsonLines.numbers("", history.get(i), JsonLines.step(history.get(i)), sink);
        }
        return history.size();
    }

    private static JsonNode tree(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            JsonNode root = JsonLines.MAPPER.readTree(in);
            if (!root.isObject()) {
                throw RunLog.problem(file, 1, "must be a JSON object");
            }
            return root;
        } catch (JacksonException e) {
            throw RunLog.problem(file, e.getLocation().getLineNr(), "is no JSON: " + e.getOriginalMessage());
        }
    }
}
