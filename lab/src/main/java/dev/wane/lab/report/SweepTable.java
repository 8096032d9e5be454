package dev.wane.lab.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.wane.formats.experiment.Experiment;
import dev.wane.lab.transfer.Sweep;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.TrainingScale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/** The runs of a sweep as a table that {@code report --optimum} and {@code plan --base-from} read. */
public final class SweepTable {
    private SweepTable() {}

    /**
     * Writes it whole or not at all.
     *
     * @throws IOException if the folder cannot be written
     */
    public static void write(Path file, Experiment experiment, List<Sweep.Row> rows) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (CsvWriter csv = CsvWriter.builder().build(part)) {
            csv.writeRecord(
                    "name",
                    "state",
                    "network",
                    "framework",
                    "optimizer",
                    "learning_rate",
                    "weight_decay",
                    "batch_size",
                    "dataset_size",
                    "epochs",
                    "seed",
                    experiment.metric().id());
            int number = 0;
            for (Sweep.Row row : rows) {
                csv.writeRecord(cells(++number, experiment.base(), row));
            }
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<String> cells(int number, Recipe base, Sweep.Row row) {
        return List.of(
                "run " + number,
                row.failure() == null ? "finished" : "failed",
                row.network(),
                base.optimizer().framework(),
                base.optimizer().id(),
                Double.toString(row.learningRate()),
                Double.toString(row.weightDecay()),
                Double.toString(Objects.requireNonNull(base.batchSize())),
                Double.toString(Objects.requireNonNull(base.datasetSize())),
                Double.toString(TrainingScale.of(base).epochs()),
                Long.toString(row.seed()),
                Double.toString(row.value()));
    }
}
