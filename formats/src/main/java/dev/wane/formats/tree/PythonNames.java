package dev.wane.formats.tree;

import dev.wane.formats.problem.Position;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Names of a Python file and what they stand for; dots lead into dictionaries. */
final class PythonNames {
    private PythonNames() {}

    static Optional<Node> get(Map<String, Node.Entry> names, String dotted) {
        Map<String, Node.Entry> level = names;
        String[] parts = dotted.split("\\.", -1);
        for (int i = 0; i < parts.length; i++) {
            Node.Entry entry = level.get(parts[i]);
            if (entry == null) {
                return Optional.empty();
            }
            if (i == parts.length - 1) {
                return Optional.of(entry.value());
            }
            if (!(entry.value() instanceof Node.Mapping next)) {
                return Optional.empty();
            }
            level = next.entries();
        }
        return Optional.empty();
    }

    /** Whether a dotted name does not lead through a value that is no mapping. */
    static boolean isFree(Map<String, Node.Entry> names, String dotted) {
        int dot = dotted.indexOf('.');
        Node.Entry entry = dot < 0 ? null : names.get(dotted.substring(0, dot));
        return entry == null
                || (entry.value() instanceof Node.Mapping mapping
                        && isFree(mapping.entries(), dotted.substring(dot + 1)));
    }

    /** Sets a name; dictionaries on its way are made where they are missing. */
    static void put(Map<String, Node.Entry> names, String dotted, Position key, Node value) {
        int dot = dotted.indexOf('.');
        if (dot < 0) {
            names.put(dotted, new Node.Entry(key, value));
            return;
        }
        String first = dotted.substring(0, dot);
        Node.Entry entry = names.get(first);
        Map<String, Node.Entry> inner = new LinkedHashMap<>();
        if (entry != null && entry.value() instanceof Node.Mapping mapping) {
            inner.putAll(mapping.entries());
        }
        put(inner, dotted.substring(dot + 1), key, value);
        names.put(first, new Node.Entry(key, new Node.Mapping(key, inner)));
    }
}
