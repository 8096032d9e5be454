package dev.wane.formats.tree;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import dev.wane.formats.problem.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** YAML 1.2 into a tree. Anchors are resolved; of a key that is given twice the last value counts, as in PyYAML. */
final class YamlTree {
    private static final int DEEPEST = 64;
    private static final int MOST_NODES = 100_000;

    private final String file;
    private final Problems problems = new Problems();
    private int nodes;

    private YamlTree(String file) {
        this.file = file;
    }

    static Node parse(String file, String text) {
        YamlTree tree = new YamlTree(file);
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(file)
                    .setUseMarks(true)
                    .setMaxAliasesForCollections(MOST_NODES)
                    .build();
            Node root = new Compose(settings)
                    .composeString(text)
                    .map(node -> tree.convert(node, 0))
                    .orElseThrow(() -> one(new Position(file, 1, 1), "the file is empty"));
            tree.problems.throwIfAny();
            return root;
        } catch (MarkedYamlEngineException e) {
            throw one(tree.position(e.getProblemMark()), malformed(e));
        } catch (YamlEngineException e) {
            throw one(new Position(file, 0, 0), "not well-formed YAML: " + e.getMessage());
        } catch (StackOverflowError e) {
            throw one(new Position(file, 0, 0), "nested deeper than " + DEEPEST + " levels");
        }
    }

    private static String malformed(MarkedYamlEngineException e) {
        return e.getProblem().endsWith("another document")
                ? "a second document begins here: a file holds one run, write the other to its own"
                : "not well-formed YAML: " + e.getProblem();
    }

    private Node convert(org.snakeyaml.engine.v2.nodes.Node node, int depth) {
        Position position = position(node.getStartMark());
        if (depth > DEEPEST) {
            throw one(position, "nested deeper than " + DEEPEST + " levels");
        }
        if (++nodes > MOST_NODES) {
            throw one(position, "more than " + MOST_NODES + " values, anchors expanded");
        }
        return switch (node) {
            case ScalarNode scalar ->
                new Node.Scalar(position, scalar.getValue(), scalar.getScalarStyle() != ScalarStyle.PLAIN);
            case SequenceNode sequence ->
                new Node.Sequence(
                        position,
                        sequence.getValue().stream()
                                .map(item -> convert(item, depth + 1))
                                .toList());
            case MappingNode mapping -> mapping(position, mapping, depth);
            default -> throw one(position, "not a value: " + node.getTag());
        };
    }

    private Node.Mapping mapping(Position position, MappingNode mapping, int depth) {
        List<Node.Repeated> repeated = new ArrayList<>();
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        Map<String, Node.Entry> merged = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Position key = position(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                problems.add(key, "a key must be a name");
                continue;
            }
            Node value = convert(tuple.getValueNode(), depth + 1);
            if (name.getValue().equals("<<") && name.getScalarStyle() == ScalarStyle.PLAIN) {
                merge(value, merged);
            } else {
                Node.Entry before = entries.put(name.getValue(), new Node.Entry(key, value));
                if (before != null && !same(before.value(), value)) {
                    repeated.add(new Node.Repeated(name.getValue(), before.keyPosition(), value));
                }
            }
        }
        merged.forEach(entries::putIfAbsent);
        return new Node.Mapping(position, entries, repeated);
    }

    /** The same number or text says nothing new, whichever a program takes. */
    private static boolean same(Node one, Node other) {
        return one instanceof Node.Scalar
                && other instanceof Node.Scalar
                && one.kind().equals(other.kind());
    }

    /** YAML 1.1's {@code <<: *anchor}, one mapping or several of which the first wins. */
    private static void merge(Node value, Map<String, Node.Entry> merged) {
        for (Node source : value instanceof Node.Sequence several ? several.items() : List.of(value)) {
            if (source instanceof Node.Mapping mapping) {
                mapping.entries().forEach(merged::putIfAbsent);
            }
        }
    }

    private Position position(Optional<Mark> mark) {
        return mark.map(at -> new Position(file, at.getLine() + 1, at.getColumn() + 1))
                .orElse(new Position(file, 0, 0));
    }

    private static InputException one(Position position, String message) {
        return new InputException(List.of(new Problem(position, message)));
    }
}
