package dev.wane.formats.model;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.tree.JsonProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** The JSON of a safetensors header, one tensor after the other: a tree of a million of them would fill the memory. */
final class SafetensorsHeader {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path file;
    private final JsonParser parser;

    private SafetensorsHeader(Path file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    static List<StoredTensor> read(Path file, byte[] json) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            return new SafetensorsHeader(file, parser).tensors();
        } catch (JacksonException e) {
            throw new InputException(List.of(JsonProblem.of(file.toString(), e)));
        }
    }

    private List<StoredTensor> tensors() {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw ModelReader.problem(file, "its header is no mapping of names");
        }
        List<StoredTensor> tensors = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("__metadata__")) {
                parser.skipChildren();
            } else {
                tensors.add(tensor(name));
            }
        }
        if (parser.nextToken() != null) {
            throw ModelReader.problem(file, "its header goes on behind the mapping of names");
        }
        return tensors;
    }

    private StoredTensor tensor(String name) {
        if (name.isBlank()) {
            throw ModelReader.problem(file, "a tensor has no name");
        }
        Description description = new Description();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                describe(name, description);
            }
        }
        return stored(name, description);
    }

    /** What is known of a tensor so far. */
    private static final class Description {
        private String dtype = "";
        private @Nullable List<Long> shape;
        private @Nullable List<Long> offsets;
    }

    private void describe(String name, Description description) {
        String key = parser.currentName();
        boolean list = parser.nextToken() == JsonToken.START_ARRAY;
        if (key.equals("dtype") && parser.currentToken() == JsonToken.VALUE_STRING) {
            description.dtype = parser.getString();
        } else if (key.equals("shape") && list) {
            description.shape = numbers(name + ".shape");
        } else if (key.equals("data_offsets") && list) {
            description.offsets = numbers(name + ".data_offsets");
        } else {
            parser.skipChildren();
        }
    }

    private StoredTensor stored(String name, Description description) {
        List<Long> shape = description.shape;
        List<Long> offsets = description.offsets;
        if (shape == null || offsets == null) {
            throw ModelReader.problem(
                    file, "'" + name + "' has no list '" + (shape == null ? "shape" : "data_offsets") + "'");
        }
        if (offsets.size() != 2) {
            throw ModelReader.problem(file, name + ".data_offsets must hold a begin and an end, got " + offsets);
        }
        return new StoredTensor(name, description.dtype, shape, offsets.getFirst(), offsets.getLast());
    }

    private List<Long> numbers(String what) {
        List<Long> numbers = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            numbers.add(number(what));
        }
        return numbers;
    }

    private long number(String what) {
        String text = parser.getString();
        try {
            long number = parser.currentToken() == JsonToken.VALUE_NUMBER_INT ? Long.parseLong(text) : -1;
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw ModelReader.problem(file, what + " must hold whole numbers below 2^63, got " + text);
        }
        throw ModelReader.problem(file, what + " must hold whole numbers >= 0, got " + text);
    }
}
