package dev.wane.formats.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One JSON object a line; numbers in objects inside are named by a path of dots. A last line that is cut off is not read. */
final class JsonLines {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private static final List<String> STEPS =
            List.of("step", "global_step", "_step", "iter", "iteration", "trainer/global_step");

    /** In the first line of a probe's file, which holds settings and no measurements. */
    private static final String PROBE = "wane_probe";

    private static final int HEADER_START = 8;
    private static final int LONGEST_LIST = 64;

    private JsonLines() {}

    static void each(Path file, Consumer<Logged> sink) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            int number = 0;
            String line = in.readLine();
            while (line != null) {
                number++;
                String next = in.readLine();
                if (!line.isBlank()) {
                    line(file, number, line, next == null || next.contains(PROBE), sink);
                }
                line = next;
            }
        }
    }

    /** Whether a line may be cut off: nothing follows it yet, or the header of a probe that was started again. */
    static boolean mayBeCut(String next) {
        return next.contains(PROBE);
    }

    static void line(Path file, int number, String line, boolean last, Consumer<Logged> sink) {
        if (line.indexOf(PROBE) > HEADER_START) {
            // A probe was started behind a line that was cut off.
            return;
        }
        JsonNode node;
        try {
            node = MAPPER.readTree(line);
        } catch (JacksonException e) {
            if (last) {
                // It is being written.
                return;
            }
            throw RunLog.problem(file, number, "is no JSON: " + e.getOriginalMessage());
        }
        if (!node.isObject()) {
            throw RunLog.problem(file, number, "must be an object of names and numbers");
        }
        if (!node.has(PROBE)) {
            numbers("", node, step(node), sink);
        }
    }

    static double step(JsonNode object) {
        return STEPS.stream()
                .map(object::get)
                .filter(node -> node != null && node.isNumber())
                .mapToDouble(JsonNode::asDouble)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Null is NaN, and says that it was null. */
    static void numbers(String prefix, JsonNode object, double step, Consumer<Logged> sink) {
        object.properties().forEach(entry -> {
            String name = prefix + entry.getKey();
            JsonNode value = entry.getValue();
            if (value.isObject()) {
                numbers(name + ".", value, step, sink);
            } else if (value.isArray() && value.size() <= LONGEST_LIST) {
                list(name, value, step, sink);
            } else if (value.isNumber() || value.isNull()) {
                sink.accept(new Logged(name, step, number(value), value.isNull()));
            }
        });
    }

    /** Named by their places. */
    private static void list(String name, JsonNode values, double step, Consumer<Logged> sink) {
        for (int i = 0; i < values.size(); i++) {
            JsonNode value = values.get(i);
            if (value.isObject()) {
                numbers(name + "." + i + ".", value, step, sink);
            } else if (value.isNumber()) {
                sink.accept(new Logged(name + "." + i, step, value.asDouble()));
            }
        }
    }

    private static double number(@Nullable JsonNode value) {
        return value == null || value.isNull() ? Double.NaN : value.asDouble();
    }
}
