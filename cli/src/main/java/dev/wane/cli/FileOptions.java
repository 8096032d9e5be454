package dev.wane.cli;

import dev.wane.formats.config.Defaults;
import dev.wane.formats.config.RunFacts;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a trainer's configuration is to be read. */
final class FileOptions {
    @Option(
            names = "--with",
            paramLabel = "FILE",
            description = "Belongs to the same run: DeepSpeed JSON, accelerate YAML.")
    List<Path> beside = new ArrayList<>();

    @Option(
            names = {"--format-hint", "--format"},
            paramLabel = "NAME",
            description = "What the file is; else recognised by content.")
    @Nullable
    String format;

    @Option(names = "--world-size", paramLabel = "N", description = "Devices of the whole run.")
    @Nullable
    Long worldSize;

    @Option(
            names = "--version-of",
            paramLabel = "PROGRAM=VERSION",
            description = "Which version trains: defaults change with versions. May be repeated.")
    Map<String, String> versions = new LinkedHashMap<>();

    /** What these say; what cannot be read or cannot be is a problem. */
    RunFacts facts(@Nullable Double datasetSize, Problems problems) {
        if (worldSize != null && worldSize < 1) {
            problems.add(Position.option(), "--world-size must be >= 1, got " + worldSize);
        }
        List<Node.Mapping> files = new ArrayList<>();
        beside.forEach(file -> problems.attempt(() -> files.add(TreeReader.mapping(file))));
        return new RunFacts(files, format, worldSize, datasetSize, versions(problems));
    }

    private Map<String, Version> versions(Problems problems) {
        Map<String, Version> parsed = new LinkedHashMap<>();
        versions.forEach((program, text) -> {
            if (!Defaults.programs().contains(program)) {
                problems.add(
                        Position.option(),
                        "--version-of " + program + ": no defaults of that program are held; held: "
                                + String.join(", ", Defaults.programs()));
            }
            try {
                parsed.put(program, Version.parse(text));
            } catch (IllegalArgumentException e) {
                problems.add(
                        Position.option(), "--version-of " + program + "=" + text + " is no version, as 4.57.6 is");
            }
        });
        return parsed;
    }
}
