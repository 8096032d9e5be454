package dev.wane.formats.runs;

import dev.wane.formats.tree.TreeReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** W&B's run folder: {@code files/config.yaml} and {@code files/wandb-summary.json}. */
final class WandbFolder implements RunFolder {
    @Override
    public String kind() {
        return "W&B";
    }

    @Override
    public boolean is(Path folder) {
        return Files.isRegularFile(folder.resolve("files/config.yaml"))
                && Files.isRegularFile(folder.resolve("files/wandb-summary.json"));
    }

    @Override
    public PastRun read(Path folder) {
        Map<String, String> settings =
                new LinkedHashMap<>(Settings.of(TreeReader.mapping(folder.resolve("files/config.yaml"))));
        settings.keySet().removeIf(key -> key.startsWith("_wandb") || key.equals("wandb_version"));
        Map<String, Extent> figures = Logs.figures(List.of(folder.resolve("files/wandb-summary.json")));
        figures.keySet().removeIf(name -> name.startsWith("_"));
        return new PastRun(String.valueOf(folder.getFileName()), true, settings, figures);
    }
}
