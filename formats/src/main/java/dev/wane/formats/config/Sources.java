package dev.wane.formats.config;

import dev.wane.formats.tree.Node;
import java.lang.module.ModuleDescriptor.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration is resolved from.
 *
 * @param main the file itself
 * @param beside other files that belong to the same run
 * @param worldSize data-parallel devices, where given on the command line
 * @param datasetSize samples per epoch, where given on the command line
 * @param versions of the programs that run it, where given on the command line
 */
public record Sources(
        Node.Mapping main,
        List<Node.Mapping> beside,
        @Nullable Long worldSize,
        @Nullable Double datasetSize,
        Map<String, Version> versions) {
    public Sources {
        beside = List.copyOf(beside);
        versions = Map.copyOf(versions);
    }

    /** Of programs whose versions nobody says. */
    public Sources(
            Node.Mapping main, List<Node.Mapping> beside, @Nullable Long worldSize, @Nullable Double datasetSize) {
        this(main, beside, worldSize, datasetSize, Map.of());
    }

    /** The same beside another form of the file itself. */
    Sources with(Node.Mapping form) {
        return new Sources(form, beside, worldSize, datasetSize, versions);
    }

    /** The first of the other files that a format recognises. */
    Optional<Lookup> beside(Predicate<Lookup> format) {
        return beside.stream().map(Lookup::new).filter(format).findFirst();
    }
}
