package dev.wane.formats.diff;

import dev.wane.formats.config.ConfigReader;
import dev.wane.formats.config.Sources;
import dev.wane.formats.preset.Presets;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Problem;
import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what runs train with. */
public final class Settings {
    private static final List<String> ENDINGS = List.of(".pt", ".pth", ".ckpt", ".bin", ".tar");

    private Settings() {}

    /**
     * The settings of a configuration or of a checkpoint's optimizer.
     *
     * @param worldSize devices, for configurations that do not say
     * @param datasetSize samples per epoch, for those that do not say
     * @throws InputException if the file cannot be read as either
     */
    public static RunSettings read(Path file, @Nullable Long worldSize, @Nullable Double datasetSize) {
        if (isCheckpoint(file)) {
            return OptimizerState.read(file);
        }
        Node tree = TreeReader.read(file);
        if (!(tree instanceof Node.Mapping mapping)) {
            throw new InputException(List.of(new Problem(tree.position(), "is no mapping of keys to values")));
        }
        if (TrainerState.recognises(mapping)) {
            return TrainerState.read(file.toString(), mapping);
        }
        return RunSettings.of(
                file.toString(), ConfigReader.read(new Sources(mapping, List.of(), worldSize, datasetSize), null));
    }

    /**
     * The settings of a published recipe.
     *
     * @throws InputException if there is none of that name, with the nearest
     */
    public static RunSettings preset(String id) {
        Sources sources = new Sources(Presets.get(id).tree(), List.of(), null, null);
        return RunSettings.of("preset " + id, ConfigReader.read(sources, "wane"));
    }

    private static boolean isCheckpoint(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        boolean named = ENDINGS.stream().anyMatch(name::endsWith);
        if (!named || !Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 'P';
        } catch (IOException e) {
            return false;
        }
    }
}
