package dev.wane.formats.tree;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import dev.wane.formats.problem.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** TOML 1.0 into a tree. */
final class TomlTree {
    private final String file;

    private TomlTree(String file) {
        this.file = file;
    }

    /**
     * Parses a document.
     *
     * @throws InputException with every syntax error
     */
    static Node parse(String file, String text) {
        TomlTree tree = new TomlTree(file);
        TomlParseResult result = parsed(file, text);
        Problems problems = new Problems();
        result.errors()
                .forEach(error ->
                        problems.add(tree.position(error.position()), "not well-formed TOML: " + error.getMessage()));
        problems.throwIfAny();
        return tree.mapping(result, new Position(file, 1, 1));
    }

    /** The parser calls itself for each level, and a file of brackets alone is small. */
    private static TomlParseResult parsed(String file, String text) {
        try {
            return Toml.parse(text);
        } catch (TomlParseError e) {
            throw new InputException(List.of(new Problem(
                    new Position(file, e.position().line(), e.position().column()),
                    "not well-formed TOML: " + e.getMessage())));
        } catch (AssertionError | IndexOutOfBoundsException e) {
            // The parser's own slip at an escape that the text ends in the middle of.
            throw new InputException(
                    List.of(new Problem(new Position(file, 0, 0), "not well-formed TOML: the parser gave up: " + e)));
        } catch (StackOverflowError e) {
            throw new InputException(
                    List.of(new Problem(new Position(file, 0, 0), "nested deeper than the stack allows")));
        }
    }

    private Node mapping(TomlTable table, Position position) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (String key : table.keySet()) {
            List<String> path = List.of(key);
            Position at = position(Objects.requireNonNull(table.inputPositionOf(path)));
            entries.put(key, new Node.Entry(at, value(Objects.requireNonNull(table.get(path)), at)));
        }
        return new Node.Mapping(position, entries);
    }

    private Node value(Object value, Position position) {
        return switch (value) {
            case TomlTable table -> mapping(table, position);
            case TomlArray array -> sequence(array, position);
            case String text -> new Node.Scalar(position, text, true);
            default -> new Node.Scalar(position, value.toString(), false);
        };
    }

    private Node sequence(TomlArray array, Position position) {
        List<Node> items = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            items.add(value(array.get(i), position(array.inputPositionOf(i))));
        }
        return new Node.Sequence(position, items);
    }

    private Position position(TomlPosition at) {
        return new Position(file, at.line(), at.column());
    }
}
