package dev.wane.cli;

import dev.wane.formats.experiment.Experiment;
import dev.wane.formats.experiment.Purpose;
import dev.wane.formats.json.Json;
import dev.wane.lab.past.SweepFindings;
import dev.wane.lab.past.SweepJson;
import dev.wane.lab.report.SweepTable;
import dev.wane.lab.report.TransferReport;
import dev.wane.lab.transfer.Outline;
import dev.wane.lab.transfer.Sweep;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Carries out {@code wane sweep} and {@code wane train}. */
final class SweepRun {
    /** A best timescale needs that many λ. */
    private static final int CURVE = 3;

    private final ExperimentOptions options;
    private final Purpose purpose;
    private final boolean quick;
    private final OutputOptions output;
    private final PrintWriter out;
    private final PrintWriter err;

    SweepRun(ExperimentOptions options, Purpose purpose, boolean quick, OutputOptions output, CommandLine line) {
        this.options = options;
        this.purpose = purpose;
        this.quick = quick;
        this.output = output;
        this.out = line.getOut();
        this.err = line.getErr();
    }

    int run() {
        Experiment written = TransferRun.read(options, purpose);
        Experiment experiment = quick ? written.quick() : written;
        Sweep sweep = new Sweep(experiment);
        if (options.dryRun) {
            out.println(dry(experiment, sweep.outline()));
            return ExitCode.SUCCESS;
        }
        List<Sweep.Row> rows = new Workplace(experiment, options, output.quiet, err)
                .with(sweep.outline(), (executor, store, progress, provenance) -> sweep.run(executor, store, progress));
        Path table = TransferReport.folder(options.out, experiment.name()).resolve("runs.csv");
        write(table, experiment, rows);
        Optional<SweepFindings> findings = findings(experiment, table, rows);
        out.println(
                output.json
                        ? Json.pretty(json(experiment, rows, findings))
                        : SweepText.of(experiment, rows)
                                + findings.map(found -> "\n\n" + OptimumText.of(found, output.style()))
                                        .orElse("")
                                + "\n\nruns: " + table);
        return rows.stream().allMatch(row -> row.failure() == null) ? ExitCode.SUCCESS : ExitCode.INCOMPLETE;
    }

    private String dry(Experiment experiment, Outline outline) {
        int trials = outline.stages().getFirst().trials();
        return output.json
                ? Json.pretty(Json.object("version", 1, "experiment", experiment.name(), "trials", trials))
                : experiment.name() + ": " + trials + " trials\nnothing was trained";
    }

    private static void write(Path table, Experiment experiment, List<Sweep.Row> rows) {
        try {
            SweepTable.write(table, experiment, rows);
        } catch (IOException e) {
            throw new UncheckedIOException("the table of runs cannot be written: " + e, e);
        }
    }

    /** As of any past runs. */
    private Optional<SweepFindings> findings(Experiment experiment, Path table, List<Sweep.Row> rows) {
        boolean curve =
                rows.stream().mapToDouble(Sweep.Row::weightDecay).distinct().count() >= CURVE
                        && rows.stream().anyMatch(row -> !Double.isNaN(row.value()));
        if (!curve) {
            return Optional.empty();
        }
        PastOptions past = new PastOptions();
        past.metric = experiment.metric().id();
        past.mode = experiment.metric().larger() ? "max" : "min";
        return Optional.of(PastFindings.of(PastFindings.read(List.of(table.toString())), past, new RecipeOptions()));
    }

    private static Map<String, @Nullable Object> json(
            Experiment experiment, List<Sweep.Row> rows, Optional<SweepFindings> findings) {
        return Json.object(
                "version", 1,
                "experiment", experiment.name(),
                "metric", experiment.metric().id(),
                "runs", rows.stream().map(SweepRun::json).toList(),
                "optimum", findings.map(SweepJson::of).orElse(null));
    }

    private static Map<String, @Nullable Object> json(Sweep.Row row) {
        return Json.object(
                "network", row.network(),
                "learningRate", row.learningRate(),
                "weightDecay", row.weightDecay(),
                "seed", row.seed(),
                "value", Double.isNaN(row.value()) ? null : row.value(),
                "diverged", row.diverged(),
                "failure", row.failure(),
                "seconds", row.seconds());
    }
}
