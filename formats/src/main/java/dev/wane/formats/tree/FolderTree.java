package dev.wane.formats.tree;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** MLflow's {@code params} folder: a file for each parameter, its value in it. A run's folder stands for its params. */
final class FolderTree {
    private static final long LARGEST_VALUE = 100_000;
    private static final long MOST_FILES = 10_000;

    private FolderTree() {}

    /**
     * Reads the folder.
     *
     * @throws InputException if it is no such folder or cannot be read
     */
    static Node read(Path folder) {
        Path params = Files.isDirectory(folder.resolve("params")) ? folder.resolve("params") : folder;
        if (!params.endsWith("params")) {
            throw TreeReader.problem(folder, "is a directory, and none of MLflow's runs");
        }
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (Path file : files(params)) {
            Position position = new Position(file.toString(), 1, 1);
            entries.put(
                    file.getFileName().toString(),
                    new Node.Entry(
                            position,
                            new Node.Scalar(position, TreeReader.text(file).strip(), false)));
        }
        return new Node.Mapping(new Position(params.toString(), 0, 0), entries);
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(FolderTree::small)
                    .sorted()
                    .limit(MOST_FILES)
                    .toList();
        } catch (IOException e) {
            throw TreeReader.problem(folder, "cannot be read: " + e.getMessage());
        }
    }

    private static boolean small(Path file) {
        try {
            return Files.size(file) <= LARGEST_VALUE;
        } catch (IOException e) {
            throw TreeReader.problem(file, "cannot be read: " + e.getMessage());
        }
    }
}
