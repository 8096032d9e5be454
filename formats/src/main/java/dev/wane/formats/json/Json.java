package dev.wane.formats.json;

import java.io.StringWriter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * Writes maps, collections, numbers, strings and booleans as JSON. Numbers keep full double precision; NaN and
 * infinities become null.
 */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /**
     * A small object whose members keep their order, so that the same document has the same bytes.
     *
     * @param members name, value, name, value …
     */
    public static Map<String, @Nullable Object> object(@Nullable Object... members) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            object.put(String.valueOf(members[i]), members[i + 1]);
        }
        return object;
    }

    /** Indented, for people. */
    public static String pretty(@Nullable Object value) {
        return write(value, true);
    }

    /** Without white space, for hashing and storing. */
    public static String compact(@Nullable Object value) {
        return write(value, false);
    }

    private static String write(@Nullable Object value, boolean pretty) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(pretty ? new Indented() : ObjectWriteContext.empty(), out)) {
            put(json, value);
        }
        return out.toString();
    }

    private static void put(JsonGenerator json, @Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case Map<?, ?> map -> object(json, map);
            case Collection<?> items -> array(json, items);
            case Double number -> number(json, number);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Boolean flag -> json.writeBoolean(flag);
            default -> json.writeString(value.toString());
        }
    }

    private static void object(JsonGenerator json, Map<?, ?> map) {
        json.writeStartObject();
        map.forEach((key, value) -> {
            json.writeName(key.toString());
            put(json, value);
        });
        json.writeEndObject();
    }

    private static void array(JsonGenerator json, Collection<?> items) {
        json.writeStartArray();
        items.forEach(item -> put(json, item));
        json.writeEndArray();
    }

    private static void number(JsonGenerator json, double number) {
        if (Double.isFinite(number)) {
            json.writeNumber(number);
        } else {
            json.writeNull();
        }
    }

    private static final class Indented extends ObjectWriteContext.Base {
        @Override
        public DefaultPrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter();
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }
}
