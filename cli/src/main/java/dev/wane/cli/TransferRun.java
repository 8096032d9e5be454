package dev.wane.cli;

import dev.wane.formats.experiment.CommandTaskSpec;
import dev.wane.formats.experiment.Experiment;
import dev.wane.formats.experiment.ExperimentReader;
import dev.wane.formats.experiment.Purpose;
import dev.wane.formats.json.Json;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.TreeReader;
import dev.wane.lab.command.CommandRunner;
import dev.wane.lab.report.TransferReport;
import dev.wane.lab.transfer.Outline;
import dev.wane.lab.transfer.TransferJson;
import dev.wane.lab.transfer.TransferResult;
import dev.wane.lab.transfer.TransferStudy;
import dev.wane.lab.trial.Tasks;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import picocli.CommandLine;

/** Carries out {@code wane transfer}. */
final class TransferRun {
    private final TransferCommand options;
    private final PrintWriter out;
    private final PrintWriter err;

    TransferRun(TransferCommand options, CommandLine line) {
        this.options = options;
        this.out = line.getOut();
        this.err = line.getErr();
    }

    int run() {
        Experiment written = read(options.experiment, Purpose.TRANSFER);
        Experiment experiment = options.quick ? written.quick() : written;
        Outline outline = Outline.of(experiment, options.quick);
        if (options.experiment.dryRun) {
            out.println(
                    options.output.json ? Json.pretty(outline.json(experiment)) : OutlineText.of(experiment, outline));
            return ExitCode.SUCCESS;
        }
        Path folder = TransferReport.folder(options.experiment.out, experiment.name());
        TransferResult result = new Workplace(experiment, options.experiment, options.output.quiet, err)
                .with(
                        outline,
                        (executor, store, progress, provenance) -> new TransferStudy(
                                        experiment, options.quick, executor, store, progress, provenance)
                                .run());
        TransferReport.writeResult(result, folder);
        out.println(options.output.json ? Json.pretty(TransferJson.of(result)) : table(result, folder));
        TransferReport.writePages(result, folder);
        return ExitCode.SUCCESS;
    }

    /**
     * An experiment whose options and program were checked.
     *
     * @throws dev.wane.formats.problem.InputException with every problem
     */
    static Experiment read(ExperimentOptions options, Purpose purpose) {
        Problems problems = new Problems();
        options.check(problems);
        problems.throwIfAny();
        Experiment experiment = ExperimentReader.read(
                TreeReader.read(Objects.requireNonNull(options.file)), Tasks.trainingSizes(), purpose);
        if (experiment.task() instanceof CommandTaskSpec task) {
            CommandRunner.check(task);
        }
        return experiment;
    }

    private String table(TransferResult result, Path folder) {
        return TransferText.of(result, options.output.style()) + "\n\nreport: " + folder.resolve("report.html");
    }
}
