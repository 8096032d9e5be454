package dev.wane.formats.config;

import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run beside its own file.
 *
 * @param files other files of the same run: DeepSpeed JSON, accelerate YAML
 * @param format the family of the run's own file; null to recognise it
 * @param worldSize devices of the whole run; null where nobody says
 * @param datasetSize samples per epoch; null where nobody says
 * @param versions of the programs that run it, by their names
 */
public record RunFacts(
        List<Node.Mapping> files,
        @Nullable String format,
        @Nullable Long worldSize,
        @Nullable Double datasetSize,
        Map<String, Version> versions) {
    /** The file alone. */
    public static final RunFacts NONE = new RunFacts(List.of(), null, null, null, Map.of());

    public RunFacts {
        files = List.copyOf(files);
        versions = Map.copyOf(versions);
    }

    /**
     * Resolves a file with them.
     *
     * @throws dev.wane.formats.problem.InputException if it cannot be read, is of no known family, or a number in it cannot
     *     be what it stands for
     */
    public ResolvedConfig resolve(Path file) {
        return resolve(TreeReader.mapping(file));
    }

    /** Where samples per epoch were given from outside, others in their place. */
    public RunFacts withDatasetSize(@Nullable Double samples) {
        return datasetSize == null ? this : new RunFacts(files, format, worldSize, samples, versions);
    }

    /** Resolves a tree with them. */
    public ResolvedConfig resolve(Node.Mapping main) {
        return ConfigReader.read(new Sources(main, files, worldSize, datasetSize, versions), format);
    }
}
