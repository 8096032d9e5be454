package dev.wane.formats;

import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the registry's row for the keys {@code framework} and {@code optimizer} or {@code regularizer}. */
final class OptimizerReader {
    private OptimizerReader() {}

    /** The optimizer; a regularizer may stand in its place, and plain SGD is meant then. */
    static @Nullable Optimizer read(Fields fields, String what) {
        String framework = framework(fields);
        if (framework == null) {
            return null;
        }
        boolean alone = !fields.has("optimizer") && fields.has("regularizer");
        return alone || fields.require("optimizer", what)
                ? row(fields, framework, alone ? "regularizer" : "optimizer", row -> true)
                : null;
    }

    /** The regularizer beside an optimizer; null where none is given. */
    static @Nullable Optimizer regularizer(Fields fields) {
        if (!fields.has("regularizer")) {
            return null;
        }
        String framework = framework(fields);
        return framework == null ? null : row(fields, framework, "regularizer", Optimizer::isRegularizer);
    }

    /** The framework of the fields, torch where none is named; null where it is unknown. */
    static @Nullable String framework(Fields fields) {
        String written = fields.text("framework");
        if (written != null && Registry.frameworks().contains(Registry.key(written))) {
            return Registry.key(written);
        }
        return fields.has("framework") ? fields.choice("framework", names(Registry.frameworks())) : "torch";
    }

    private static @Nullable Optimizer row(Fields fields, String framework, String key, Predicate<Optimizer> valid) {
        List<String> ids =
                Registry.of(framework).stream().filter(valid).map(Optimizer::id).toList();
        if (ids.isEmpty()) {
            fields.problem(key, framework + " has no " + key + ": its optimizers decay by themselves");
            return null;
        }
        String written = fields.text(key);
        List<String> elsewhere = written == null || ids.contains(written) ? List.of() : elsewhere(written, valid);
        if (!elsewhere.isEmpty()) {
            fields.problem(
                    key,
                    framework + " has no " + key + " '" + written + "'; --framework may name one that has it: "
                            + String.join(", ", elsewhere));
            return null;
        }
        String id = fields.choice(key, names(ids));
        return id == null ? null : Registry.get(framework, id);
    }

    private static List<String> elsewhere(String id, Predicate<Optimizer> valid) {
        return Registry.all().stream()
                .filter(row -> row.id().equals(id))
                .filter(valid)
                .map(Optimizer::framework)
                .toList();
    }

    private static Map<String, String> names(Iterable<String> names) {
        Map<String, String> map = new LinkedHashMap<>();
        names.forEach(name -> map.put(name, name));
        return map;
    }
}
