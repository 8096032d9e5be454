package dev.wane.formats.runs;

import dev.wane.formats.log.RunLog;
import dev.wane.formats.tree.TreeReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Lightning's {@code version_N}: {@code hparams.yaml} beside {@code metrics.csv} or TensorBoard's events. */
final class LightningFolder implements RunFolder {
    @Override
    public String kind() {
        return "Lightning";
    }

    @Override
    public boolean is(Path folder) {
        return Files.isRegularFile(folder.resolve("hparams.yaml"))
                && !logs(folder).isEmpty();
    }

    private static List<Path> logs(Path folder) {
        Path table = folder.resolve("metrics.csv");
        return Files.isRegularFile(table)
                ? List.of(table)
                : Logs.files(folder).stream().filter(RunLog::isEvents).toList();
    }

    @Override
    public PastRun read(Path folder) {
        return new PastRun(
                name(folder),
                true,
                Settings.of(TreeReader.read(folder.resolve("hparams.yaml"))),
                Logs.figures(logs(folder)));
    }

    /** All are called version_0: the folder above says which. */
    private static String name(Path folder) {
        Path parent = folder.getParent();
        return (parent == null ? "" : parent.getFileName() + "/") + folder.getFileName();
    }
}
