package dev.wane.formats.watch;

import dev.wane.formats.log.RunLog;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The logs in a run's folder. */
public final class LogFiles {
    private static final int DEEPEST = 3;
    static final String STATE = "trainer_state.json";

    private LogFiles() {}

    /**
     * A file by itself; of a folder its events, tables, JSON lines and trainer's state.
     *
     * @throws InputException if there are none
     */
    public static List<Path> of(Path source) {
        if (!Files.isDirectory(source)) {
            return List.of(source);
        }
        List<Path> logs = now(source);
        if (logs.isEmpty()) {
            throw problem(source, "holds no log: no events, *.jsonl, *.csv or trainer_state.json");
        }
        return logs;
    }

    /**
     * Those that are there at the moment, none perhaps. What goes away meanwhile, a checkpoint that is rotated, is passed over.
     *
     * @throws InputException if the folder cannot be read
     */
    static List<Path> now(Path source) {
        if (!Files.isDirectory(source)) {
            return List.of(source);
        }
        List<Path> logs = new ArrayList<>();
        try {
            Files.walkFileTree(source, Set.of(), DEEPEST, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() && isLog(file)) {
                        logs.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw problem(source, "cannot be read: " + e.getMessage());
        }
        return newestState(logs.stream().sorted().toList());
    }

    /**
     * What figures of a log are called beside those of its own kind in other folders: by its folder.
     *
     * @param source the folder of all
     * @param logs those in it
     */
    static String prefix(Path source, Path log, List<Path> logs) {
        Path folder = log.getParent();
        boolean others = logs.stream()
                .anyMatch(other -> kind(other).equals(kind(log)) && !Objects.equals(other.getParent(), folder));
        return others && folder != null && !folder.equals(source) ? source.relativize(folder) + "/" : "";
    }

    private static String kind(Path log) {
        String name = log.getFileName().toString();
        return RunLog.isEvents(log) ? "events" : name.substring(name.lastIndexOf('.') + 1);
    }

    /** Each checkpoint holds the whole history up to it: the last one is enough. */
    private static List<Path> newestState(List<Path> logs) {
        Optional<Path> newest =
                logs.stream().filter(log -> log.endsWith(STATE)).max(Comparator.comparingLong(LogFiles::checkpoint));
        return logs.stream()
                .filter(log -> !log.endsWith(STATE) || log.equals(newest.orElse(null)))
                .toList();
    }

    /** Its step; that of a folder that is no checkpoint comes last. */
    private static long checkpoint(Path state) {
        Path folder = state.getParent();
        String name = folder == null ? "" : String.valueOf(folder.getFileName());
        return name.matches("checkpoint-\\d{1,18}") ? Long.parseLong(name.substring(11)) : Long.MAX_VALUE;
    }

    private static boolean isLog(Path file) {
        String name = file.getFileName().toString();
        return RunLog.isEvents(file)
                || name.endsWith(".jsonl")
                || name.equals("metrics.csv")
                || name.equals("results.csv")
                || name.equals(STATE);
    }

    private static InputException problem(Path source, String message) {
        return new InputException(List.of(new Problem(new Position(source.toString(), 0, 0), message)));
    }
}
