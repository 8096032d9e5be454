package dev.wane.formats.diff;

import dev.wane.formats.config.RunFacts;
import dev.wane.formats.preset.Presets;
import dev.wane.formats.probe.ProbeReader;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads what runs train with. */
public final class Settings {
    private static final List<String> ENDINGS = List.of(".pt", ".pth", ".ckpt", ".bin", ".tar");

    private Settings() {}

    /**
     * The settings of a configuration or of a checkpoint's optimizer, a file or the folder that a trainer saved.
     *
     * @param facts what a configuration does not say of its run
     * @throws InputException if the file cannot be read as either
     */
    public static RunSettings read(Path file, RunFacts facts) {
        if (CheckpointFolder.is(file)) {
            return CheckpointFolder.read(file);
        }
        if (isCheckpoint(file)) {
            return OptimizerState.read(file);
        }
        if (ProbeReader.is(file)) {
            return ProbeSettings.of(file.toString(), ProbeReader.read(file));
        }
        Node.Mapping mapping = TreeReader.mapping(file);
        if (TrainerState.recognises(mapping)) {
            return TrainerState.read(file.toString(), mapping);
        }
        return RunSettings.of(file.toString(), facts.resolve(mapping));
    }

    /**
     * The settings of a published recipe.
     *
     * @throws InputException if there is none of that name, with the nearest
     */
    public static RunSettings preset(String id) {
        RunFacts recipe = new RunFacts(List.of(), "wane", null, null, Map.of());
        return RunSettings.of("preset " + id, recipe.resolve(Presets.get(id).tree()));
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
