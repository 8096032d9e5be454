package dev.wane.formats.model;

import dev.wane.formats.probe.ProbeReader;
import dev.wane.formats.probe.ProbedParameter;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import dev.wane.groups.NamedShape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Names and shapes of a model: safetensors, one file or sharded; a Hugging Face index alone; ONNX; NumPy's {@code .npz};
 * PyTorch's zip checkpoints, of whose pickle only harmless parts are followed; or a plain list.
 */
public final class ModelReader {
    private static final String INDEX = "model.safetensors.index.json";

    private ModelReader() {}

    /**
     * Reads a model, or the model in a folder.
     *
     * @throws InputException if it cannot be read, is broken, or holds what is not followed
     */
    public static List<NamedShape> read(Path file) {
        try {
            return Files.isDirectory(file) ? folder(file) : single(file);
        } catch (IllegalArgumentException e) {
            throw problem(file, "holds what no model has: " + e.getMessage());
        } catch (IOException e) {
            throw problem(file, Files.exists(file) ? "cannot be read: " + e.getMessage() : "no such file");
        }
    }

    private static List<NamedShape> folder(Path folder) throws IOException {
        Path index = folder.resolve(INDEX);
        if (Files.exists(index)) {
            return single(index);
        }
        Path whole = folder.resolve("model.safetensors");
        if (Files.exists(whole)) {
            return single(whole);
        }
        throw problem(folder, "has neither " + INDEX + " nor model.safetensors");
    }

    private static List<NamedShape> single(Path file) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".safetensors")) {
            return Safetensors.read(file);
        }
        if (name.endsWith(".index.json")) {
            return ShardedIndex.read(file);
        }
        if (name.endsWith(".onnx")) {
            return OnnxInitializers.read(file);
        }
        if (ProbeReader.is(file)) {
            return ProbeReader.read(file).parameters().stream()
                    .map(ProbedParameter::parameter)
                    .toList();
        }
        if (isZip(file)) {
            return name.endsWith(".npz") ? NumpyArchive.read(file) : TorchCheckpoint.read(file);
        }
        if (startsWith(file, 0x80)) {
            throw problem(file, "is a pickle, which could run any code: save it as safetensors and read that");
        }
        return NameList.read(file);
    }

    private static boolean isZip(Path file) throws IOException {
        return startsWith(file, 'P', 'K', 3, 4);
    }

    private static boolean startsWith(Path file, int... magic) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            for (int expected : magic) {
                if (in.read() != expected) {
                    return false;
                }
            }
            return true;
        }
    }

    static InputException problem(Path file, String message) {
        return new InputException(List.of(new Problem(new Position(file.toString(), 0, 0), message)));
    }
}
