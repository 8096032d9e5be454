package dev.wane.formats.json;

import dev.wane.framework.Optimizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document that {@code wane frameworks --json} prints. */
public final class RegistryJson {
    private RegistryJson() {}

    public static Map<String, Object> of(List<Optimizer> rows) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", 1);
        json.put("optimizers", rows.stream().map(RegistryJson::row).toList());
        return json;
    }

    private static Map<String, @Nullable Object> row(Optimizer row) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("framework", row.framework());
        json.put("optimizer", row.id());
        json.put("regularizer", row.isRegularizer());
        json.put("convention", row.kind().id());
        json.put("family", row.family() == null ? null : row.family().id());
        json.put("factor", row.factor().value());
        json.put("factorBy", row.factor().by().id());
        json.put("order", row.order().id());
        json.put("update", row.update());
        json.put("defaultWeightDecay", row.defaultWeightDecay());
        json.put("excluded", row.excluded());
        json.put("versions", row.versions());
        json.put("checked", row.checked());
        json.put("source", row.source());
        json.put("note", row.note());
        return json;
    }
}
