package dev.wane.formats.model;

import dev.wane.formats.problem.InputException;
import dev.wane.groups.NamedShape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** PyTorch's zip checkpoints: the {@code data.pkl} in them, followed by {@link Pickle} without running anything. */
public final class TorchCheckpoint {
    private static final int LARGEST = 64 << 20;
    private static final List<String> WRAPPERS = List.of("state_dict", "model", "module", "model_state_dict", "state");

    private TorchCheckpoint() {}

    static List<NamedShape> read(Path file) throws IOException {
        List<NamedShape> tensors = new ArrayList<>();
        collect("", unwrapped(root(file)), tensors);
        if (tensors.isEmpty()) {
            throw ModelReader.problem(file, "holds no named tensors: a state_dict is read, a whole module is not");
        }
        return tensors;
    }

    /**
     * The object that the checkpoint holds.
     *
     * @throws dev.wane.formats.problem.InputException if it cannot be read or followed
     */
    public static @Nullable Object contents(Path file) {
        try {
            return root(file);
        } catch (IOException e) {
            throw ModelReader.problem(file, "cannot be read: " + e.getMessage());
        }
    }

    /** A problem with a checkpoint as a whole. */
    public static InputException problem(Path file, String message) {
        return ModelReader.problem(file, message);
    }

    /**
     * The object that the checkpoint holds, of maps, lists, numbers, texts and {@link Pickle.Tensor}s.
     *
     * @throws dev.wane.formats.problem.InputException if it holds anything else
     */
    static @Nullable Object root(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().equals("data.pkl") || entry.getName().endsWith("/data.pkl")) {
                    return Pickle.read(file, bytes(file, zip, entry));
                }
            }
        }
        throw ModelReader.problem(file, "is an archive without data.pkl");
    }

    private static byte[] bytes(Path file, ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw ModelReader.problem(file, "its data.pkl is larger than 64 MiB unpacked");
            }
            return bytes;
        }
    }

    private static @Nullable Object unwrapped(@Nullable Object root) {
        if (root instanceof Map<?, ?> map) {
            for (String wrapper : WRAPPERS) {
                if (map.get(wrapper) instanceof Map<?, ?> inner) {
                    return inner;
                }
            }
        }
        return root;
    }

    private static void collect(String prefix, @Nullable Object node, List<NamedShape> tensors) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                String name = prefix.isEmpty() ? String.valueOf(key) : prefix + "." + key;
                if (value instanceof Pickle.Tensor tensor) {
                    tensors.add(NamedShape.of(name, tensor.shape()));
                } else {
                    collect(name, value, tensors);
                }
            });
        }
    }
}
