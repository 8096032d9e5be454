package dev.wane.formats.diff;

import dev.wane.formats.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document that {@code wane diff --json} prints. */
public final class DiffJson {
    private DiffJson() {}

    public static Map<String, @Nullable Object> of(List<Difference> differences) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("version", 1);
        json.put("equal", differences.isEmpty());
        json.put(
                "differences",
                differences.stream()
                        .map(difference -> Json.object(
                                "group", difference.group(),
                                "quantity", difference.quantity(),
                                "a", difference.a(),
                                "b", difference.b(),
                                "effect", difference.effect()))
                        .toList());
        return json;
    }
}
