package dev.wane.formats.runs;

import dev.wane.formats.tree.TreeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A run in MLflow's {@code mlruns}: a file for each parameter, and one for each metric with time, value and step a line. */
final class MlflowFolder implements RunFolder {
    /** RunStatus.FINISHED. */
    private static final String FINISHED = "3";

    @Override
    public String kind() {
        return "MLflow";
    }

    @Override
    public boolean is(Path folder) {
        return Files.isRegularFile(folder.resolve("meta.yaml"))
                && Files.isDirectory(folder.resolve("params"))
                && Files.isDirectory(folder.resolve("metrics"))
                && !isDeleted(folder);
    }

    /** A deleted run stays on the disk. */
    private static boolean isDeleted(Path folder) {
        return "deleted"
                .equals(Settings.of(TreeReader.mapping(folder.resolve("meta.yaml")))
                        .get("lifecycle_stage"));
    }

    @Override
    public PastRun read(Path folder) {
        Map<String, String> meta = Settings.of(TreeReader.mapping(folder.resolve("meta.yaml")));
        Map<String, String> settings = new LinkedHashMap<>();
        Map<String, Extent> figures = new LinkedHashMap<>();
        Path params = folder.resolve("params");
        Path metrics = folder.resolve("metrics");
        under(params)
                .forEach(file -> settings.put(name(params, file), text(file).strip()));
        under(metrics).forEach(file -> figures.put(name(metrics, file), extent(file)));
        String status = meta.getOrDefault("status", FINISHED);
        boolean finished = status.equals(FINISHED) || status.equals("FINISHED");
        String name = meta.getOrDefault("run_name", "");
        return new PastRun(name.isEmpty() ? String.valueOf(folder.getFileName()) : name, finished, settings, figures);
    }

    /** A name with a slash is a folder with a file. */
    private static List<Path> under(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw Logs.problem(folder, "cannot be read: " + e.getMessage());
        }
    }

    private static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private static Extent extent(Path file) {
        Extent extent = null;
        for (String line : text(file).lines().filter(text -> !text.isBlank()).toList()) {
            String[] words = line.strip().split("\\s+", -1);
            try {
                double value = Double.parseDouble(words[1].replaceFirst("(?i)^nan$", "NaN"));
                extent = extent == null ? Extent.of(value) : extent.and(value);
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw Logs.problem(file, "must hold lines of time, value and step, got '" + line + "'");
            }
        }
        return extent == null ? Extent.of(Double.NaN) : extent;
    }

    private static String text(Path file) {
        return TreeReader.text(file);
    }
}
