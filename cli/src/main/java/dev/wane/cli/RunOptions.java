package dev.wane.cli;

import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problems;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What configurations of trainers do not say of a run. */
final class RunOptions {
    @Option(names = "--world-size", paramLabel = "N", description = "Devices of the whole run.")
    @Nullable
    Long worldSize;

    @Option(names = "--dataset-size", paramLabel = "N", description = "Samples per epoch.")
    @Nullable
    Double datasetSize;

    void check(Problems problems) {
        if (worldSize != null && worldSize < 1) {
            problems.add(Position.option(), "--world-size must be >= 1, got " + worldSize);
        }
        if (datasetSize != null && !(datasetSize > 0 && datasetSize < Double.POSITIVE_INFINITY)) {
            problems.add(Position.option(), "--dataset-size must be finite and > 0, got " + datasetSize);
        }
    }
}
