package dev.wane.lab.past;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import dev.wane.formats.runs.Extent;
import dev.wane.formats.runs.PastRun;
import dev.wane.formats.runs.RunSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Optuna's SQLite storage, read only. The objective of a study is the figure {@code value}, of more objectives {@code value0},
 * {@code value1}, …; where there are several studies, their names come before.
 */
final class OptunaStorage {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final JsonMapper MAPPER = new JsonMapper();

    private OptunaStorage() {}

    static boolean isDatabase(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * A study.
     *
     * @param study its name; empty where the storage holds one alone
     * @throws InputException if it is no storage, holds no trials, or several studies of which none is named
     */
    static RunSet read(Path file, String study) {
        try (Handle handle = Jdbi.open("jdbc:sqlite:file:" + file.toAbsolutePath() + "?mode=ro")) {
            Map<Long, String> studies = studies(handle);
            long wanted = wanted(file, studies, study);
            Map<String, Boolean> larger = larger(handle, wanted);
            Map<Long, Map<String, String>> params = params(handle);
            Map<Long, Map<String, Extent>> values = values(handle, objectives(handle, wanted));
            List<PastRun> runs = new ArrayList<>();
            handle.createQuery("SELECT trial_id, number, state FROM trials WHERE study_id = :study ORDER BY number")
                    .bind("study", wanted)
                    .mapToMap()
                    .forEach(row -> {
                        long id = number(row, "trial_id");
                        runs.add(new PastRun(
                                studies.getOrDefault(wanted, "study") + " " + row.get("number"),
                                "COMPLETE".equals(row.get("state")),
                                params.getOrDefault(id, Map.of()),
                                values.getOrDefault(id, Map.of())));
                    });
            if (runs.isEmpty()) {
                throw problem(file, "holds no trials");
            }
            return new RunSet(file + (study.isEmpty() ? "" : "#" + study), "Optuna", runs, larger);
        } catch (JdbiException e) {
            throw problem(file, "is no storage of Optuna: " + e.getCause());
        }
    }

    private static long wanted(Path file, Map<Long, String> studies, String study) {
        List<Long> found = studies.entrySet().stream()
                .filter(entry -> study.isEmpty() || entry.getValue().equals(study))
                .map(Map.Entry::getKey)
                .toList();
        if (found.size() != 1) {
            String names = String.join(", ", studies.values());
            throw problem(
                    file,
                    (found.isEmpty() ? "has no study '" + study + "'" : "holds several studies") + ": " + names
                            + "; name one as " + file + "#NAME");
        }
        return found.getFirst();
    }

    private static Map<Long, String> studies(Handle handle) {
        Map<Long, String> names = new LinkedHashMap<>();
        handle.createQuery("SELECT study_id, study_name FROM studies")
                .mapToMap()
                .forEach(row -> names.put(number(row, "study_id"), String.valueOf(row.get("study_name"))));
        return names;
    }

    private static Map<String, Boolean> larger(Handle handle, long study) {
        Map<String, Boolean> larger = new HashMap<>();
        long objectives = objectives(handle, study);
        handle.createQuery("SELECT objective, direction FROM study_directions WHERE study_id = :study")
                .bind("study", study)
                .mapToMap()
                .forEach(row -> larger.put(
                        name(number(row, "objective"), objectives), "MAXIMIZE".equals(row.get("direction"))));
        return larger;
    }

    private static long objectives(Handle handle, long study) {
        return 1
                + handle.createQuery("SELECT COALESCE(MAX(objective), 0) FROM study_directions WHERE study_id = :study")
                        .bind("study", study)
                        .mapTo(Long.class)
                        .one();
    }

    private static String name(long objective, long objectives) {
        return objectives == 1 ? "value" : "value" + objective;
    }

    private static Map<Long, Map<String, Extent>> values(Handle handle, long objectives) {
        Map<Long, Map<String, Extent>> values = new HashMap<>();
        handle.createQuery("SELECT trial_id, objective, value FROM trial_values")
                .mapToMap()
                .forEach(row -> values.computeIfAbsent(number(row, "trial_id"), id -> new LinkedHashMap<>())
                        .put(name(number(row, "objective"), objectives), Extent.of(real(row.get("value")))));
        return values;
    }

    /** Of a categorical parameter the stored number is the place among its choices. */
    private static Map<Long, Map<String, String>> params(Handle handle) {
        Map<String, JsonNode> distributions = new HashMap<>();
        Map<Long, Map<String, String>> params = new HashMap<>();
        handle.createQuery("SELECT trial_id, param_name, param_value, distribution_json FROM trial_params")
                .mapToMap()
                .forEach(row -> {
                    JsonNode choices = distributions.computeIfAbsent(
                            String.valueOf(row.get("distribution_json")),
                            text -> MAPPER.readTree(text).path("attributes").path("choices"));
                    double value = real(row.get("param_value"));
                    String text = choices.isArray() ? choices.path((int) value).asString() : Double.toString(value);
                    params.computeIfAbsent(number(row, "trial_id"), id -> new LinkedHashMap<>())
                            .put(String.valueOf(row.get("param_name")), text);
                });
        return params;
    }

    private static long number(Map<String, ?> row, String column) {
        return ((Number) Objects.requireNonNull(row.get(column))).longValue();
    }

    private static double real(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static InputException problem(Path file, String message) {
        return new InputException(List.of(new Problem(new Position(file.toString(), 0, 0), message)));
    }
}
