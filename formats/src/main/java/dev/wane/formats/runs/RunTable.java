package dev.wane.formats.runs;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.wane.formats.log.Tables;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A table with a run in each row: CSV with names in its first line, JSON objects line by line, or a JSON array of them. */
final class RunTable {
    private static final List<String> NAMES = List.of("name", "run_name", "run", "run_id", "id", "trial", "trial_id");
    private static final List<String> STATES = List.of("state", "status");
    private static final Set<String> UNFINISHED =
            Set.of("failed", "crashed", "killed", "running", "pending", "pruned", "fail", "scheduled", "preempted");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private RunTable() {}

    static RunSet csv(Path file) throws IOException {
        List<PastRun> runs = new ArrayList<>();
        try (CsvReader<CsvRecord> rows = CsvReader.builder()
                .fieldSeparator(Tables.separator(file))
                .detectBomHeader(true)
                .ofCsvRecord(file)) {
            List<String> names = List.of();
            for (CsvRecord row : rows) {
                if (names.isEmpty()) {
                    names = unique(file, row.getFields());
                } else {
                    runs.add(run(cells(names, row.getFields()), row.getStartingLineNumber()));
                }
            }
        } catch (CsvParseException e) {
            throw Logs.problem(file, "is no table: " + e.getMessage());
        } catch (UncheckedIOException e) {
            throw Logs.problem(file, "cannot be read: " + e.getMessage());
        }
        return new RunSet(file.toString(), "table", runs);
    }

    private static List<String> unique(Path file, List<String> header) {
        List<String> names = header.stream().map(String::strip).toList();
        List<String> twice = names.stream()
                .filter(name -> names.indexOf(name) != names.lastIndexOf(name))
                .distinct()
                .toList();
        if (!twice.isEmpty()) {
            throw problem(file, 1, "has columns of the same name: " + String.join(", ", twice));
        }
        return names;
    }

    private static Map<String, String> cells(List<String> names, List<String> fields) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            cells.put(names.get(i), fields.get(i).strip());
        }
        return cells;
    }

    static RunSet lines(Path file) throws IOException {
        List<PastRun> runs = new ArrayList<>();
        try (BufferedReader in = Files.newBufferedReader(file)) {
            long number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (!line.isBlank()) {
                    runs.add(run(object(file, number, line), number));
                }
            }
        }
        return new RunSet(file.toString(), "table", runs);
    }

    private static Map<String, String> object(Path file, long number, String line) {
        try {
            JsonNode node = MAPPER.readTree(line);
            if (node.isObject()) {
                return Settings.of(node);
            }
        } catch (JacksonException e) {
            throw problem(file, number, "is no JSON: " + e.getOriginalMessage());
        }
        throw problem(file, number, "must be an object, one run a line");
    }

    static RunSet array(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            JsonNode root = MAPPER.readTree(in);
            if (!root.isArray()) {
                throw Logs.problem(file, "must be an array of runs");
            }
            List<PastRun> runs = new ArrayList<>();
            for (JsonNode node : root) {
                if (!node.isObject()) {
                    throw Logs.problem(file, "must be an array of objects, one a run");
                }
                runs.add(run(Settings.of(node), runs.size() + 1L));
            }
            return new RunSet(file.toString(), "table", runs);
        } catch (JacksonException e) {
            throw problem(file, e.getLocation().getLineNr(), "is no JSON: " + e.getOriginalMessage());
        }
    }

    private static PastRun run(Map<String, String> cells, long row) {
        Map<String, Extent> figures = new LinkedHashMap<>();
        Map<String, String> settings = new LinkedHashMap<>();
        String name = "row " + row;
        boolean finished = true;
        boolean named = false;
        for (Map.Entry<String, String> cell : cells.entrySet()) {
            String key = cell.getKey().toLowerCase(Locale.ROOT);
            if (!named && NAMES.contains(key) && !cell.getValue().isEmpty()) {
                name = cell.getValue();
                named = true;
            } else if (STATES.contains(key)) {
                finished = !UNFINISHED.contains(cell.getValue().toLowerCase(Locale.ROOT));
            } else if (!cell.getValue().isEmpty()) {
                settings.put(cell.getKey(), cell.getValue());
                Tables.figure(cell.getValue()).ifPresent(value -> figures.put(cell.getKey(), Extent.of(value)));
            }
        }
        return new PastRun(name, finished, settings, figures);
    }

    private static InputException problem(Path file, long line, String message) {
        return new InputException(List.of(new Problem(new Position(file.toString(), (int) line, 1), message)));
    }
}
