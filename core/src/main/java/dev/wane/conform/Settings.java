package dev.wane.conform;

import dev.wane.recipe.Betas;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an optimizer of a case is set to, beside learning rate and weight decay, which come with every step.
 *
 * @param values by name, in a fixed order: numbers, booleans or text
 */
public record Settings(Map<String, Object> values) {
    /** Copies the map, keeping its order. */
    public Settings {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * Settings by name.
     *
     * @param pairs name, value, name, value …
     * @return the settings in that order
     */
    public static Settings of(Object... pairs) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put((String) pairs[i], pairs[i + 1]);
        }
        return new Settings(values);
    }

    double number(String name, double fallback) {
        return values.get(name) instanceof Number number ? number.doubleValue() : fallback;
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    String text(String name, String fallback) {
        return values.get(name) instanceof String text ? text : fallback;
    }

    Betas betas() {
        return new Betas(number("beta1", 0.9), number("beta2", 0.999));
    }
}
