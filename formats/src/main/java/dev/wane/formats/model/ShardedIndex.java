package dev.wane.formats.model;

import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import dev.wane.groups.NamedShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A Hugging Face index: which tensor is in which file. Shapes come from the files that are there. */
final class ShardedIndex {
    private static final long LARGEST = 100_000_000;

    private ShardedIndex() {}

    static List<NamedShape> read(Path index) throws IOException {
        if (Files.size(index) > LARGEST) {
            throw ModelReader.problem(index, "is larger than 100 MB: no index");
        }
        Node tree = TreeReader.parse(index.toString(), Files.readString(index));
        Node.Entry map = tree instanceof Node.Mapping root ? root.entries().get("weight_map") : null;
        if (map == null || !(map.value() instanceof Node.Mapping names)) {
            throw ModelReader.problem(index, "has no weight_map");
        }
        Map<String, NamedShape> known = new LinkedHashMap<>();
        for (String shard : shards(index, names)) {
            Path file = index.resolveSibling(shard);
            if (Files.isRegularFile(file) && shard.endsWith(".safetensors")) {
                Safetensors.read(file).forEach(tensor -> known.put(tensor.name(), tensor));
            }
        }
        List<NamedShape> tensors = new ArrayList<>();
        names.entries()
                .keySet()
                .forEach(name -> tensors.add(known.getOrDefault(name, new NamedShape(name, List.of(), false))));
        return tensors;
    }

    /** A shard lies beside its index and nowhere else. */
    private static Set<String> shards(Path index, Node.Mapping names) {
        Set<String> shards = new LinkedHashSet<>();
        names.entries().forEach((tensor, entry) -> {
            String shard = entry.value() instanceof Node.Scalar scalar ? scalar.text() : "";
            boolean beside = !shard.isBlank()
                    && shard.indexOf('\0') < 0
                    && Path.of(shard).getNameCount() == 1
                    && !shard.equals("..")
                    && !Path.of(shard).isAbsolute();
            if (!beside) {
                throw ModelReader.problem(
                        index, "'" + tensor + "' is in '" + shard + "', which is no file beside the index");
            }
            shards.add(shard);
        });
        return shards;
    }
}
