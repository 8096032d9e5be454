package dev.wane.cli;

import dev.wane.engine.Torch;
import dev.wane.formats.experiment.CommandTaskSpec;
import dev.wane.formats.experiment.Experiment;
import dev.wane.lab.command.CommandRunner;
import dev.wane.lab.command.Trialwatch;
import dev.wane.lab.report.TransferReport;
import dev.wane.lab.run.Executor;
import dev.wane.lab.run.LocalExecutor;
import dev.wane.lab.run.TrialListener;
import dev.wane.lab.store.Store;
import dev.wane.lab.transfer.Outline;
import dev.wane.lab.trial.EngineRunner;
import dev.wane.lab.trial.Machine;
import dev.wane.lab.trial.Provenance;
import dev.wane.lab.trial.TrialRunner;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** Where an experiment's trials are trained: by the engine or by a program of the user's own, with a store and progress. */
final class Workplace {
    private final Experiment experiment;
    private final ExperimentOptions options;
    private final boolean quiet;
    private final PrintWriter err;

    Workplace(Experiment experiment, ExperimentOptions options, boolean quiet, PrintWriter err) {
        this.experiment = experiment;
        this.options = options;
        this.quiet = quiet;
        this.err = err;
    }

    /** What is done there. */
    interface Work<T> {
        T run(Executor executor, Store store, TrialListener progress, Provenance provenance);
    }

    /** Does it; ends on Ctrl-C after the step that is running. */
    <T> T with(Outline outline, Work<T> work) {
        AtomicBoolean cancelled = new AtomicBoolean();
        try (Store store = Store.open(options.storeFile());
                StopAtStep _ = new StopAtStep(cancelled, err)) {
            return experiment.task() instanceof CommandTaskSpec task
                    ? byCommand(task, store, cancelled, outline, work)
                    : onTheEngine(store, cancelled, outline, work);
        }
    }

    private <T> T onTheEngine(Store store, AtomicBoolean cancelled, Outline outline, Work<T> work) {
        Torch.load();
        int workers = workers(Runtime.getRuntime().availableProcessors());
        return with(new EngineRunner(), workers, store, cancelled, Machine.provenance(), outline, work);
    }

    private <T> T byCommand(CommandTaskSpec task, Store store, AtomicBoolean cancelled, Outline outline, Work<T> work) {
        int workers = workers(task.workers());
        Path trials = TransferReport.folder(options.out, experiment.name())
                .resolve("trials")
                .toAbsolutePath();
        try (Trialwatch watch = Trialwatch.start()) {
            CommandRunner runner = new CommandRunner(task, experiment.metric(), trials, workers, watch);
            return with(runner, workers, store, cancelled, runner.provenance(), outline, work);
        }
    }

    private <T> T with(
            TrialRunner runner,
            int workers,
            Store store,
            AtomicBoolean cancelled,
            Provenance provenance,
            Outline outline,
            Work<T> work) {
        ProgressLine line = quiet ? ProgressLine.silent() : ProgressLine.to(err, Terminal.isErrTerminal());
        Progress progress = new Progress(outline, workers, line);
        try {
            return work.run(new LocalExecutor(store, runner, workers, cancelled), store, progress, provenance);
        } finally {
            progress.end();
        }
    }

    private int workers(int usual) {
        return options.workers == null ? usual : options.workers;
    }
}
