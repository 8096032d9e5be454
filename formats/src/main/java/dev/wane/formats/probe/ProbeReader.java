package dev.wane.formats.probe;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import dev.wane.groups.NamedShape;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the first line of a probe's file. */
public final class ProbeReader {
    private static final String MARK = "\"wane_probe\"";
    private static final int VERSION = 1;
    private static final int HEAD = 64;
    private static final JsonMapper MAPPER = new JsonMapper();

    private ProbeReader() {}

    /** Whether a file is a probe's, by its beginning. */
    public static boolean is(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (BufferedReader in = Files.newBufferedReader(file)) {
            char[] head = new char[HEAD];
            int read = in.read(head);
            return read > 0 && new String(head, 0, read).contains(MARK);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Reads it.
     *
     * @throws InputException if it cannot be read, is cut off, or is of a newer probe
     */
    public static Probe read(Path file) {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            JsonNode root = MAPPER.readTree(lastHeader(in));
            if (root.path("wane_probe").asInt() != VERSION) {
                throw problem(file, "is of version " + root.path("wane_probe") + " of the probe, known is " + VERSION);
            }
            return probe(file, root);
        } catch (JacksonException e) {
            throw problem(file, "is no whole probe: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw problem(file, "cannot be read: " + e.getMessage());
        }
    }

    /** A run that was resumed wrote another one: its groups may be others. */
    private static String lastHeader(BufferedReader in) throws IOException {
        String header = String.valueOf(in.readLine());
        String line = in.readLine();
        while (line != null) {
            header = line.startsWith(MARK, 1) ? line : header;
            line = in.readLine();
        }
        return header;
    }

    private static Probe probe(Path file, JsonNode root) {
        List<Map<String, Object>> groups = new ArrayList<>();
        List<ProbedParameter> parameters = new ArrayList<>();
        for (JsonNode group : root.path("groups")) {
            int index = groups.size();
            groups.add(settings(group.path("settings")));
            group.path("parameters").forEach(each -> parameters.add(parameter(each, index)));
        }
        if (groups.isEmpty()) {
            throw problem(file, "has no groups");
        }
        JsonNode optimizer = root.path("optimizer");
        return new Probe(
                optimizer.path("class").asString("?"),
                optimizer.path("module").asString("?"),
                groups,
                parameters,
                root.path("left_out").valueStream().map(JsonNode::asString).toList(),
                root.path("modules")
                        .valueStream()
                        .map(each -> new ProbedModule(
                                each.path(0).asString(), each.path(1).asString()))
                        .toList(),
                root.path("world_size").asInt(1),
                root.path("torch").asString("?"),
                root.path("frozen").asDouble(0),
                root.path("loaded_from").asString(""),
                root.path("fresh").asBoolean(false));
    }

    private static ProbedParameter parameter(JsonNode node, int group) {
        List<Long> shape =
                node.path("shape").valueStream().map(JsonNode::asLong).toList();
        return new ProbedParameter(
                NamedShape.of(node.path("name").asString("?"), shape),
                group,
                node.path("dtype").asString("?"),
                node.path("requires_grad").asBoolean(true));
    }

    private static Map<String, Object> settings(JsonNode node) {
        Map<String, Object> settings = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            Object value = value(entry.getValue());
            if (value != null) {
                settings.put(entry.getKey(), value);
            }
        });
        return settings;
    }

    private static @Nullable Object value(JsonNode node) {
        if (node.isNumber()) {
            return node.asDouble();
        }
        if (node.isBoolean()) {
            return node.asBoolean();
        }
        if (node.isArray()) {
            return node.valueStream().map(ProbeReader::value).toList();
        }
        return node.isNull() ? null : node.asString();
    }

    private static InputException problem(Path file, String message) {
        return new InputException(List.of(new Problem(new Position(file.toString(), 1, 1), message)));
    }
}
