package dev.wane.formats.tree;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** JSON into a tree, with the NaN and Infinity that Python writes. A key given twice is a problem. */
final class JsonTree {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final String file;
    private final JsonParser parser;

    private JsonTree(String file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    static Node parse(String file, String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            JsonTree tree = new JsonTree(file, parser);
            if (parser.nextToken() == null) {
                throw one(new Position(file, 1, 1), "the file is empty");
            }
            Node root = tree.value();
            if (parser.nextToken() != null) {
                throw one(tree.position(), "text after the end of the JSON document");
            }
            return root;
        } catch (JacksonException e) {
            throw new InputException(List.of(JsonProblem.of(file, e)));
        }
    }

    private Node value() {
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping();
            case START_ARRAY -> sequence();
            case VALUE_STRING -> new Node.Scalar(position(), parser.getString(), true);
            default -> new Node.Scalar(position(), parser.getString(), false);
        };
    }

    private Node mapping() {
        Position start = position();
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Position key = position();
            String name = parser.currentName();
            parser.nextToken();
            entries.put(name, new Node.Entry(key, value()));
        }
        return new Node.Mapping(start, entries);
    }

    private Node sequence() {
        Position start = position();
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value());
        }
        return new Node.Sequence(start, items);
    }

    private Position position() {
        return JsonProblem.position(file, parser.currentTokenLocation());
    }

    private static InputException one(Position position, String message) {
        return new InputException(List.of(new Problem(position, message)));
    }
}
