package dev.wane.cli;

import dev.wane.formats.config.RunFacts;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problems;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What configurations of trainers do not say of a run. */
final class RunOptions {
    @Mixin
    FileOptions file = new FileOptions();

    @Option(names = "--dataset-size", paramLabel = "N", description = "Samples per epoch.")
    @Nullable
    Double datasetSize;

    /** What these say; what cannot be read or cannot be is a problem. */
    RunFacts facts(Problems problems) {
        if (datasetSize != null && !(datasetSize > 0 && datasetSize < Double.POSITIVE_INFINITY)) {
            problems.add(Position.option(), "--dataset-size must be finite and > 0, got " + datasetSize);
        }
        return file.facts(datasetSize, problems);
    }
}
