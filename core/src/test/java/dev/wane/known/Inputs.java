package dev.wane.known;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The named inputs of a known answer: {@code eta=1e-3 lambda=0.1}. */
record Inputs(Map<String, String> values) {
    static Inputs parse(String text) {
        Map<String, String> values = new HashMap<>();
        if (!text.equals("-")) {
            for (String pair : text.split(" ")) {
                values.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
        }
        return new Inputs(values);
    }

    double number(String name) {
        return Double.parseDouble(text(name));
    }

    double number(String name, double fallback) {
        return values.containsKey(name) ? number(name) : fallback;
    }

    long whole(String name) {
        return (long) number(name);
    }

    String text(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }
}
