package dev.wane.formats.config;

import dev.wane.formats.tree.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A configuration within another file: W&B's {@code key: {desc: …, value: …}}, MosaicML's {@code parameters}. */
final class LoggedConfig {
    private static final Set<String> WRAPPING = Set.of("desc", "value");

    private LoggedConfig() {}

    /** The keys with their values; any other mapping as it is. */
    static Node.Mapping unwrapped(Node.Mapping root) {
        Node.Entry parameters = root.entries().get("parameters");
        if (parameters != null
                && parameters.value() instanceof Node.Mapping inner
                && inner.entries().containsKey("optimizer")) {
            return inner;
        }
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        root.entries().forEach((key, entry) -> {
            if (entry.value() instanceof Node.Mapping mapping
                    && mapping.entries().containsKey("value")
                    && WRAPPING.containsAll(mapping.entries().keySet())) {
                Node.Entry value = mapping.entries().get("value");
                entries.put(key, new Node.Entry(entry.keyPosition(), value.value()));
            } else if (!key.equals("wandb_version") && !key.equals("_wandb")) {
                entries.put(key, entry);
            }
        });
        return new Node.Mapping(root.position(), entries);
    }
}
