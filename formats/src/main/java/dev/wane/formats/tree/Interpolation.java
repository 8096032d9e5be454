package dev.wane.formats.tree;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OmegaConf's references: {@code ${a.b}} stands for what is written there, with dots in front for the mapping that holds it.
 * References to the environment or to a function, and {@code ???}, are {@linkplain Node#COMPUTED computed}.
 */
public final class Interpolation {
    private static final int LONGEST_CHAIN = 16;

    private final Node.Mapping root;
    private int left;

    private Interpolation(Node.Mapping root, int references) {
        this.root = root;
        this.left = references;
    }

    /** The tree with references replaced. */
    public static Node.Mapping resolve(Node.Mapping root) {
        return (Node.Mapping) new Interpolation(root, 10_000).resolved(root, null, 0);
    }

    /** A mapping and the one around it. */
    private record Level(@Nullable Level outer, Node.Mapping mapping) {}

    private Node resolved(Node node, @Nullable Level level, int chain) {
        return switch (node) {
            case Node.Scalar scalar -> level == null ? scalar : scalar(scalar, level, chain);
            case Node.Sequence sequence ->
                new Node.Sequence(
                        sequence.position(),
                        sequence.items().stream()
                                .map(item -> resolved(item, level, chain))
                                .toList());
            case Node.Mapping mapping -> {
                Level own = new Level(level, mapping);
                Map<String, Node.Entry> entries = new LinkedHashMap<>();
                mapping.entries()
                        .forEach((key, entry) -> entries.put(
                                key, new Node.Entry(entry.keyPosition(), resolved(entry.value(), own, chain))));
                yield new Node.Mapping(mapping.position(), entries);
            }
        };
    }

    private Node scalar(Node.Scalar scalar, Level level, int chain) {
        String text = scalar.text().strip();
        if (text.equals("???")) {
            return computed(scalar);
        }
        if (!text.startsWith("${")) {
            return scalar;
        }
        boolean whole = text.indexOf('}') == text.length() - 1 && text.indexOf("${", 2) < 0;
        if (!whole || text.indexOf(':') >= 0 || chain > LONGEST_CHAIN || --left < 0) {
            return computed(scalar);
        }
        Target target = target(text.substring(2, text.length() - 1).strip(), level);
        return target == null || target.node() instanceof Node.Mapping
                ? computed(scalar)
                : resolved(target.node(), target.level(), chain + 1);
    }

    /** What a reference names, and where that stands: references of its own are seen from there. */
    private record Target(Node node, Level level) {}

    private @Nullable Target target(String path, Level level) {
        Level from = level;
        int dots = 0;
        while (dots < path.length() && path.charAt(dots) == '.') {
            dots++;
        }
        for (int i = 1; i < dots && from.outer() != null; i++) {
            from = from.outer();
        }
        Level at = dots == 0 ? new Level(null, root) : from;
        String[] keys = path.substring(dots).split("\\.", -1);
        for (int i = 0; i < keys.length; i++) {
            Node.Entry next = at.mapping().entries().get(keys[i]);
            if (next == null) {
                return null;
            }
            if (i == keys.length - 1) {
                return new Target(next.value(), at);
            }
            if (!(next.value() instanceof Node.Mapping inner)) {
                return null;
            }
            at = new Level(at, inner);
        }
        return null;
    }

    private static Node computed(Node.Scalar scalar) {
        return new Node.Scalar(scalar.position(), Node.COMPUTED, false);
    }
}
