package dev.wane.formats.runs;

import dev.wane.formats.log.Hparams;
import dev.wane.formats.log.RunLog;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** TensorBoard's events with hyperparameters among them, as its hparams plugin keeps them. */
final class HparamsFolder implements RunFolder {
    @Override
    public String kind() {
        return "TensorBoard hparams";
    }

    @Override
    public boolean is(Path folder) {
        return events(folder).stream().anyMatch(file -> !Hparams.of(file).isEmpty());
    }

    @Override
    public PastRun read(Path folder) {
        Map<String, String> settings = new LinkedHashMap<>();
        events(folder).forEach(file -> settings.putAll(Hparams.of(file)));
        return new PastRun(String.valueOf(folder.getFileName()), true, settings, Logs.figures(events(folder)));
    }

    private static List<Path> events(Path folder) {
        return Logs.files(folder).stream().filter(RunLog::isEvents).toList();
    }
}
