package dev.wane.formats.tree;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files that a configuration builds on: {@code _base_} of OpenMMLab's, {@code _BASE_} of detectron2's, {@code base_config} of
 * MaxText's. Its own keys are laid
 * over theirs, mapping by mapping; {@code _delete_=True} replaces one as a whole. A base that is not there stays under its key.
 */
final class Includes {
    private static final List<String> KEYS = List.of("_base_", "_BASE_", "base_config");
    private static final Set<String> ENDINGS = Set.of(".py", ".yaml", ".yml", ".json", ".toml");
    private static final int MOST = 32;

    private final Set<Path> read = new LinkedHashSet<>();

    private Includes() {}

    static Node resolve(Path file, Node tree) {
        Includes includes = new Includes();
        includes.read.add(file.toAbsolutePath().normalize());
        return tree instanceof Node.Mapping mapping ? includes.over(file, mapping) : tree;
    }

    private Node.Mapping over(Path file, Node.Mapping mapping) {
        for (String key : KEYS) {
            Node.Entry entry = mapping.entries().get(key);
            if (entry != null) {
                return over(file, mapping, key, entry);
            }
        }
        return mapping;
    }

    private Node.Mapping over(Path file, Node.Mapping mapping, String key, Node.Entry entry) {
        Node.Mapping merged = new Node.Mapping(mapping.position(), Map.of());
        List<Node> missing = new ArrayList<>();
        for (Node base : entry.value() instanceof Node.Sequence list ? list.items() : List.of(entry.value())) {
            Node.Mapping content = base instanceof Node.Scalar scalar ? content(file, scalar.text()) : null;
            if (content == null) {
                missing.add(base);
            } else {
                merged = merge(merged, content);
            }
        }
        Map<String, Node.Entry> own = new LinkedHashMap<>(mapping.entries());
        own.remove(key);
        if (!missing.isEmpty()) {
            own.put(
                    key,
                    new Node.Entry(
                            entry.keyPosition(), new Node.Sequence(entry.value().position(), missing)));
        }
        return merge(merged, new Node.Mapping(mapping.position(), own, mapping.repeated()));
    }

    /** Null where it is no file beside this one that could be a configuration, or is being read already. */
    private Node.@Nullable Mapping content(Path file, String relative) {
        int dot = relative.lastIndexOf('.');
        boolean plausible = dot >= 0
                && ENDINGS.contains(relative.substring(dot).toLowerCase(Locale.ROOT))
                && relative.indexOf('\0') < 0
                && !relative.contains("://");
        if (!plausible) {
            return null;
        }
        Path base = file.toAbsolutePath().resolveSibling(relative).normalize();
        boolean readable = !Path.of(relative).isAbsolute() && Files.isRegularFile(base);
        if (!readable || read.size() > MOST || !read.add(base)) {
            return null;
        }
        Node tree = TreeReader.parse(base.toString(), TreeReader.text(base));
        return tree instanceof Node.Mapping mapping ? over(base, mapping) : null;
    }

    static Node.Mapping merge(Node.Mapping under, Node.Mapping over) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>(under.entries());
        over.entries().forEach((key, entry) -> entries.merge(key, entry, Includes::merge));
        return new Node.Mapping(over.position(), entries, over.repeated());
    }

    private static Node.Entry merge(Node.Entry under, Node.Entry over) {
        boolean both = under.value() instanceof Node.Mapping && over.value() instanceof Node.Mapping;
        return both && !deletes((Node.Mapping) over.value())
                ? new Node.Entry(over.keyPosition(), merge((Node.Mapping) under.value(), (Node.Mapping) over.value()))
                : over;
    }

    private static boolean deletes(Node.Mapping mapping) {
        Node.Entry flag = mapping.entries().get("_delete_");
        return flag != null
                && flag.value() instanceof Node.Scalar scalar
                && scalar.text().equals("True");
    }
}
