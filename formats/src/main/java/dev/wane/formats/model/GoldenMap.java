package dev.wane.formats.model;

import dev.wane.formats.tree.TextFile;
import dev.wane.formats.tree.TreeReader;
import dev.wane.groups.DecayMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A decay map as text, a line for each parameter, to be kept beside the code and checked when it changes. */
public final class GoldenMap {
    private GoldenMap() {}

    /** The map as text: {@code decay} or {@code -}, role, name, shape. */
    public static String text(DecayMap map) {
        StringBuilder text = new StringBuilder("# decay map under the policy " + map.policy() + "\n");
        map.entries().forEach(entry -> text.append(line(entry)).append('\n'));
        return text.toString();
    }

    private static String line(DecayMap.Entry entry) {
        return String.format(
                "%-5s %-9s %s %s",
                entry.decay() ? "decay" : "-",
                entry.role().role().id(),
                entry.parameter().name(),
                entry.parameter().shapeText());
    }

    /**
     * Writes the map.
     *
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, DecayMap map) throws IOException {
        TextFile.replace(file, text(map));
    }

    /** What differs from a map that was written, one line each: gone, new, or changed with both sides. */
    public static List<String> differences(Path golden, DecayMap map) {
        Map<String, String> before = byName(TreeReader.text(golden));
        Map<String, String> after = byName(text(map));
        List<String> lines = new ArrayList<>();
        before.forEach((name, line) -> {
            String now = after.get(name);
            if (now == null) {
                lines.add("- " + line);
            } else if (!now.equals(line)) {
                lines.add("- " + line);
                lines.add("+ " + now);
            }
        });
        after.forEach((name, line) -> {
            if (!before.containsKey(name)) {
                lines.add("+ " + line);
            }
        });
        return lines;
    }

    private static Map<String, String> byName(String text) {
        Map<String, String> lines = new LinkedHashMap<>();
        text.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).forEach(line -> {
            String[] parts = line.strip().split("\\s+", 4);
            lines.put(parts.length > 2 ? parts[2] : line, line.strip());
        });
        return lines;
    }
}
