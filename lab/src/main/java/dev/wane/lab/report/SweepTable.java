package dev.wane.lab.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.wane.formats.experiment.Experiment;
import dev.wane.lab.transfer.Sweep;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.TrainingScale;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Linear;
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
                    "momentum",
                    "schedule",
                    "warmup_steps",
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

    /** Empty for one that a table has no word for. */
    private static String schedule(Recipe base) {
        return switch (base.scheduleOrConstant().shape()) {
            case Constant constant -> "constant";
            case Cosine cosine when cosine.floor() == 0 -> "cosine";
            case Linear linear when linear.floor() == 0 -> "linear";
            default -> "";
        };
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
                base.appliedMomentum().momentum() > 0
                        ? Double.toString(base.appliedMomentum().momentum())
                        : "",
                schedule(base),
                Long.toString(base.scheduleOrConstant().warmupSteps()),
                Double.toString(Objects.requireNonNull(base.batchSize())),
                Double.toString(Objects.requireNonNull(base.datasetSize())),
                Double.toString(TrainingScale.of(base).epochs()),
                Long.toString(row.seed()),
                Double.toString(row.value()));
    }
}
