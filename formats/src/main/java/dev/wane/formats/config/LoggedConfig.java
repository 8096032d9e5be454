package dev.wane.formats.config;

import dev.wane.formats.tree.Node;
import java.util.LinkedHashMap;
import java.util.List;
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
        new Lookup(root)
                .find("_wandb.value.framework", "_wandb.framework")
                .ifPresent(found -> entries.putIfAbsent(
                        "framework", new Node.Entry(found.value().position(), found.value())));
        return nested(new Node.Mapping(root.position(), entries));
    }

    /** Where one section alone holds the learning rate, its keys stand beside the others. */
    private static Node.Mapping nested(Node.Mapping root) {
        List<Node.Mapping> sections = root.entries().values().stream()
                .map(Node.Entry::value)
                .filter(Node.Mapping.class::isInstance)
                .map(Node.Mapping.class::cast)
                .filter(LoggedConfig::isRecipe)
                .toList();
        if (sections.size() != 1 || new Lookup(root).has("lr", "learning_rate")) {
            return root;
        }
        Map<String, Node.Entry> entries = new LinkedHashMap<>(root.entries());
        sections.getFirst().entries().forEach(entries::putIfAbsent);
        return new Node.Mapping(root.position(), entries);
    }

    private static boolean isRecipe(Node.Mapping section) {
        Lookup keys = new Lookup(section);
        return keys.has("lr", "learning_rate")
                && keys.has("batch_size")
                && keys.has("optimizer", "optim", "weight_decay")
                && keys.section("optimizer").isEmpty();
    }
}
