package dev.wane.formats.runs;

import dev.wane.formats.tree.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A tree of settings as names of dots with their texts; lists are one text. */
final class Settings {
    private static final Set<String> WRAPPING = Set.of("desc", "value");

    private Settings() {}

    /** W&B's {@code key: {desc: …, value: …}} is taken for its value. */
    static Map<String, String> of(Node node) {
        Map<String, String> settings = new LinkedHashMap<>();
        add("", node, settings);
        return settings;
    }

    static Map<String, String> of(JsonNode node) {
        Map<String, String> settings = new LinkedHashMap<>();
        add("", node, settings);
        return settings;
    }

    private static void add(String name, Node node, Map<String, String> to) {
        switch (node) {
            case Node.Scalar scalar -> to.put(name, scalar.text());
            case Node.Sequence sequence -> to.put(name, text(sequence.items()));
            case Node.Mapping mapping
            when wraps(mapping) ->
                add(name, mapping.entries().values().stream().toList().getLast().value(), to);
            case Node.Mapping mapping ->
                mapping.entries().forEach((key, entry) -> add(joined(name, key), entry.value(), to));
        }
    }

    private static boolean wraps(Node.Mapping mapping) {
        Set<String> keys = mapping.entries().keySet();
        return keys.contains("value")
                && WRAPPING.containsAll(keys)
                && List.copyOf(keys).getLast().equals("value");
    }

    private static String text(List<Node> items) {
        return "["
                + String.join(
                        ", ",
                        items.stream()
                                .map(item -> item instanceof Node.Scalar scalar ? scalar.text() : item.kind())
                                .toList())
                + "]";
    }

    private static void add(String name, JsonNode node, Map<String, String> to) {
        if (node.isObject()) {
            node.properties().forEach(entry -> add(joined(name, entry.getKey()), entry.getValue(), to));
        } else if (node.isArray()) {
            to.put(name, node.toString());
        } else if (!node.isNull()) {
            to.put(name, node.asString());
        }
    }

    private static String joined(String prefix, String key) {
        return prefix.isEmpty() ? key : prefix + "." + key;
    }
}
