package dev.wane.formats.runs;

import dev.wane.formats.tree.TreeReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Hugging Face's trainer left: {@code trainer_state.json}, its own or that of the last checkpoint. Its arguments are a
 * pickle, which is not opened; where a file with them lies beside, that is read.
 */
final class TrainerFolder implements RunFolder {
    private static final String STATE = "trainer_state.json";
    private static final String CHECKPOINT = "checkpoint-\\d{1,18}";
    private static final List<String> ARGUMENTS = List.of(
            "training_args.json",
            "training_args.yaml",
            "args.json",
            "args.yaml",
            "train.yaml",
            "train_config.yaml",
            "run_config.yaml",
            "hparams.yaml");

    @Override
    public String kind() {
        return "Hugging Face";
    }

    @Override
    public boolean is(Path folder) {
        return state(folder).isPresent();
    }

    private static Optional<Path> state(Path folder) {
        Path own = folder.resolve(STATE);
        if (Files.isRegularFile(own)) {
            return Optional.of(own);
        }
        return Logs.files(folder).stream()
                .filter(file -> file.getFileName().toString().matches(CHECKPOINT))
                .filter(file -> Files.isRegularFile(file.resolve(STATE)))
                .max(Comparator.comparingLong(TrainerFolder::step))
                .map(file -> file.resolve(STATE));
    }

    private static long step(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().substring(11));
    }

    @Override
    public PastRun read(Path folder) {
        Path state = state(folder).orElseThrow();
        Map<String, String> settings = new LinkedHashMap<>();
        ARGUMENTS.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .forEach(file -> settings.putAll(Settings.of(TreeReader.read(file))));
        Map<String, Extent> figures = Logs.figures(List.of(state));
        Extent rate = figures.get("learning_rate");
        if (rate != null) {
            settings.putIfAbsent("learning_rate", Double.toString(rate.largest()));
        }
        return new PastRun(String.valueOf(folder.getFileName()), Logs.reachedItsEnd(state), settings, figures);
    }
}
