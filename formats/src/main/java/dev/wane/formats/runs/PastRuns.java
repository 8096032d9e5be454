package dev.wane.formats.runs;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Problems;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds runs in a file or below a folder. */
public final class PastRuns {
    private static final List<RunFolder> FOLDERS = List.of(
            new WandbFolder(), new MlflowFolder(), new TrainerFolder(), new LightningFolder(), new HparamsFolder());

    /** MLflow's. */
    private static final String TRASH = ".trash";

    private PastRuns() {}

    /**
     * Reads them all, or none.
     *
     * @throws InputException if there are none, or with everything that is broken
     */
    public static RunSet read(Path source) {
        if (!Files.exists(source)) {
            throw Logs.problem(source, "no such file or folder");
        }
        try {
            RunSet runs = Files.isDirectory(source) ? below(source) : table(source);
            if (runs.runs().isEmpty()) {
                throw Logs.problem(source, "holds no runs");
            }
            return runs;
        } catch (IOException e) {
            throw Logs.problem(source, "cannot be read: " + e.getMessage());
        }
    }

    private static RunSet table(Path file) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv") || name.endsWith(".tsv")) {
            return RunTable.csv(file);
        }
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            return RunTable.lines(file);
        }
        if (name.endsWith(".json")) {
            return RunTable.array(file);
        }
        throw Logs.problem(file, "is no table of runs: CSV, TSV, JSONL or a JSON array, by its ending");
    }

    private static RunSet below(Path source) throws IOException {
        Map<Path, PastRun> byFolder = new TreeMap<>();
        Set<String> kinds = new LinkedHashSet<>();
        Problems problems = new Problems();
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (TRASH.equals(String.valueOf(folder.getFileName()))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Optional<RunFolder> kind =
                        FOLDERS.stream().filter(each -> each.is(folder)).findFirst();
                kind.ifPresent(found -> {
                    kinds.add(found.kind());
                    problems.attempt(() -> byFolder.put(folder, found.read(folder)));
                });
                return kind.isPresent() ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }
        });
        problems.throwIfAny();
        if (byFolder.isEmpty()) {
            throw Logs.problem(
                    source,
                    "holds no runs of W&B (files/config.yaml), MLflow (meta.yaml, params), Hugging Face (trainer_state.json),"
                            + " Lightning (hparams.yaml) or TensorBoard (hparams)");
        }
        return new RunSet(source.toString(), String.join(", ", kinds), List.copyOf(byFolder.values()));
    }
}
