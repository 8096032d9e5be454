package dev.wane.lab.command;

import dev.wane.formats.experiment.CommandTaskSpec;
import dev.wane.formats.experiment.Metric;
import dev.wane.formats.experiment.Template;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import dev.wane.lab.trial.CommandTrialSpec;
import dev.wane.lab.trial.Machine;
import dev.wane.lab.trial.Provenance;
import dev.wane.lab.trial.TrialFailure;
import dev.wane.lab.trial.TrialResult;
import dev.wane.lab.trial.TrialRunner;
import dev.wane.lab.trial.TrialSpec;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Runs trials by a program of the user's own, each in a process and a folder of its own. */
public final class CommandRunner implements TrialRunner {
    /** What a shell says of a program that a signal ended: another process did it, not the program itself. */
    private static final int BY_SIGNAL = 128;

    private static final int SIGNALS = 31;

    private static final int NAME_LENGTH = 12;

    private final CommandTaskSpec task;
    private final Metric metric;
    private final Path trials;
    private final Trialwatch watch;
    private final BlockingQueue<Integer> workers;

    /**
     * @param trials folder that holds a folder for each trial
     * @param workers trials at once
     */
    public CommandRunner(CommandTaskSpec task, Metric metric, Path trials, int workers, Trialwatch watch) {
        this.task = task;
        this.metric = metric;
        this.trials = trials;
        this.watch = watch;
        this.workers = new ArrayBlockingQueue<>(
                workers, false, IntStream.range(0, workers).boxed().toList());
    }

    /**
     * Looks for the program before anything is started.
     *
     * @throws InputException if there is none
     */
    public static void check(CommandTaskSpec task) {
        String program = task.command().getFirst().text();
        if (task.shell() || program.contains("{") || isThere(task.folder(), program)) {
            return;
        }
        throw new InputException(List.of(new Problem(
                Position.option(),
                "task.command: no program '" + program + "': it is neither on the PATH nor a file seen from "
                        + task.folder())));
    }

    private static boolean isThere(Path folder, String program) {
        if (program.contains("/")) {
            return Files.isExecutable(folder.resolve(program));
        }
        return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    /** Who computes: the program stands in the place of the engine. */
    public Provenance provenance() {
        return Machine.provenance("command " + task.command().getFirst().text());
    }

    @Override
    public TrialResult run(TrialSpec spec, BooleanSupplier cancelled) {
        int worker = takeWorker();
        try {
            return run((CommandTrialSpec) spec, worker, cancelled);
        } finally {
            workers.add(worker);
        }
    }

    private int takeWorker() {
        try {
            return workers.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    /** A program that was ended from outside is run once more. */
    private TrialResult run(CommandTrialSpec spec, int worker, BooleanSupplier cancelled) {
        long start = System.nanoTime();
        Path folder = trials.resolve(spec.id().substring(0, NAME_LENGTH));
        int status = attempt(spec, folder, worker, cancelled);
        if (bySignal(status)) {
            status = attempt(spec, folder, worker, cancelled);
        }
        if (status != 0) {
            String how =
                    bySignal(status) ? "was ended twice by signal " + (status - BY_SIGNAL) : "ended with " + status;
            throw new TrialFailure(how, Output.tail(folder.resolve(MeasuredMetric.OUTPUT)));
        }
        return result(spec, folder, (System.nanoTime() - start) / 1e9);
    }

    /** A program that says −1 ends with 255, which is no signal. */
    private static boolean bySignal(int status) {
        return status > BY_SIGNAL && status <= BY_SIGNAL + SIGNALS;
    }

    private int attempt(CommandTrialSpec spec, Path folder, int worker, BooleanSupplier cancelled) {
        prepare(folder);
        Map<String, String> values = new LinkedHashMap<>(spec.values());
        values.put("dir", folder.toString());
        values.put("worker", Integer.toString(worker));
        Map<String, String> environment = new LinkedHashMap<>();
        task.environment()
                .forEach((name, value) -> environment.put(name, value.fill(values, UnaryOperator.identity())));
        return TrialProcess.start(
                        words(values), environment, task.folder(), folder.resolve(MeasuredMetric.OUTPUT), watch)
                .await(task.timeout(), cancelled);
    }

    private List<String> words(Map<String, String> values) {
        if (task.shell()) {
            List<String> filled = task.command().stream()
                    .map(word -> word.fill(values, CommandRunner::quoted))
                    .toList();
            return List.of("sh", "-c", String.join(" ", filled));
        }
        return task.command().stream()
                .map((Template word) -> word.fill(values, UnaryOperator.identity()))
                .toList();
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }

    /** An attempt begins in an empty folder, so that it cannot read the figure of an earlier one. */
    private void prepare(Path folder) {
        try {
            if (!task.resume()) {
                clear(folder);
            }
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new TrialFailure("has a folder that cannot be made: " + e.getMessage(), "");
        }
    }

    private static void clear(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }

    private TrialResult result(CommandTrialSpec spec, Path folder, double seconds) {
        MeasuredMetric.Pair read = new MeasuredMetric(task.metric(), folder, metric.larger()).read();
        double validation = read.validation();
        double test = read.test();
        boolean finite = Double.isFinite(validation) && Double.isFinite(test);
        return new TrialResult(
                spec.id(),
                finite ? null : Long.valueOf(spec.steps()),
                finite ? Map.of("validation." + metric.id(), validation, "test." + metric.id(), test) : Map.of(),
                List.of(),
                seconds,
                provenance());
    }
}
