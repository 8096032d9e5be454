package dev.wane.cli;

import dev.wane.engine.Torch;
import dev.wane.formats.experiment.CommandTaskSpec;
import dev.wane.formats.experiment.Experiment;
import dev.wane.formats.experiment.ExperimentReader;
import dev.wane.formats.json.Json;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import dev.wane.formats.tree.TreeReader;
import dev.wane.lab.command.CommandRunner;
import dev.wane.lab.command.Trialwatch;
import dev.wane.lab.report.TransferReport;
import dev.wane.lab.run.LocalExecutor;
import dev.wane.lab.store.Store;
import dev.wane.lab.transfer.Outline;
import dev.wane.lab.transfer.TransferJson;
import dev.wane.lab.transfer.TransferResult;
import dev.wane.lab.transfer.TransferStudy;
import dev.wane.lab.trial.EngineRunner;
import dev.wane.lab.trial.Machine;
import dev.wane.lab.trial.Provenance;
import dev.wane.lab.trial.Tasks;
import dev.wane.lab.trial.TrialRunner;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
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
        checkOptions();
        Path file = Objects.requireNonNull(options.file);
        Experiment written = ExperimentReader.read(TreeReader.read(file), Tasks.trainingSizes());
        Experiment experiment = options.quick ? written.quick() : written;
        if (experiment.task() instanceof CommandTaskSpec task) {
            CommandRunner.check(task);
        }
        if (options.dryRun) {
            Outline outline = Outline.of(experiment, options.quick);
            out.println(
                    options.output.json ? Json.pretty(outline.json(experiment)) : OutlineText.of(experiment, outline));
            return ExitCode.SUCCESS;
        }
        Path folder = TransferReport.folder(options.out, experiment.name());
        TransferResult result = study(experiment);
        TransferReport.writeResult(result, folder);
        out.println(options.output.json ? Json.pretty(TransferJson.of(result)) : table(result, folder));
        TransferReport.writePages(result, folder);
        return ExitCode.SUCCESS;
    }

    private TransferResult study(Experiment experiment) {
        AtomicBoolean cancelled = new AtomicBoolean();
        try (Store store = Store.open(storeFile());
                StopAtStep _ = new StopAtStep(cancelled, err)) {
            return experiment.task() instanceof CommandTaskSpec task
                    ? byCommand(experiment, task, store, cancelled)
                    : onTheEngine(experiment, store, cancelled);
        }
    }

    private TransferResult onTheEngine(Experiment experiment, Store store, AtomicBoolean cancelled) {
        Torch.load();
        int workers = workers(Runtime.getRuntime().availableProcessors());
        return study(experiment, store, new EngineRunner(), workers, cancelled, Machine.provenance());
    }

    private TransferResult byCommand(
            Experiment experiment, CommandTaskSpec task, Store store, AtomicBoolean cancelled) {
        int workers = workers(task.workers());
        Path trials = TransferReport.folder(options.out, experiment.name())
                .resolve("trials")
                .toAbsolutePath();
        try (Trialwatch watch = Trialwatch.start()) {
            CommandRunner runner = new CommandRunner(task, experiment.metric(), trials, workers, watch);
            return study(experiment, store, runner, workers, cancelled, runner.provenance());
        }
    }

    private TransferResult study(
            Experiment experiment,
            Store store,
            TrialRunner runner,
            int workers,
            AtomicBoolean cancelled,
            Provenance provenance) {
        Progress progress = new Progress(Outline.of(experiment, options.quick), workers, progressWriter());
        LocalExecutor executor = new LocalExecutor(store, runner, workers, cancelled);
        try {
            return new TransferStudy(experiment, options.quick, executor, store, progress, provenance).run();
        } finally {
            progress.end();
        }
    }

    private ProgressLine progressWriter() {
        return options.output.quiet ? ProgressLine.silent() : ProgressLine.to(err, Terminal.isErrTerminal());
    }

    private String table(TransferResult result, Path folder) {
        return TransferText.of(result, options.output.style()) + "\n\nreport: " + folder.resolve("report.html");
    }

    private Path storeFile() {
        String url = options.store == null ? options.out.resolve("wane.db").toString() : options.store;
        String path = url.startsWith("sqlite:") ? url.substring("sqlite:".length()) : url;
        if (path.contains("://")) {
            throw problem("--store must be a file or sqlite:FILE, got '" + url + "'");
        }
        return Path.of(path);
    }

    private int workers(int usual) {
        return options.workers == null ? usual : options.workers;
    }

    private void checkOptions() {
        storeFile();
        if (!options.on.equals("local")) {
            throw problem("--on must be local, got '" + options.on + "'");
        }
        if (options.workers != null && options.workers < 1) {
            throw problem("--workers must be >= 1, got " + options.workers);
        }
    }

    private static InputException problem(String message) {
        return new InputException(List.of(new Problem(Position.option(), message)));
    }
}
