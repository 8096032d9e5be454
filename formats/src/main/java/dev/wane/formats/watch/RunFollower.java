package dev.wane.formats.watch;

import dev.wane.formats.log.LogTail;
import dev.wane.formats.log.Logged;
import dev.wane.formats.log.RunLog;
import dev.wane.formats.probe.Probe;
import dev.wane.formats.probe.ProbeReader;
import dev.wane.formats.probe.ProbedModel;
import dev.wane.groups.NamedShape;
import dev.wane.groups.Roles;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.TrainingScale;
import dev.wane.watch.Trace;
import dev.wane.watch.WatchedParameter;
import dev.wane.watch.WatchedRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The logs of one run, read as they grow, in memory that does not grow with them. */
public final class RunFollower {
    private static final int MANY = 4096;
    /** Of each parameter. */
    private static final int FEW = 512;

    private final List<Path> sources;
    private final Map<String, String> names;
    private final Map<Path, LogTail> tails = new LinkedHashMap<>();
    private final Map<Path, String> prefixes = new HashMap<>();
    private final Map<Path, Set<String>> written = new HashMap<>();
    private final Map<String, Trace> traces = new LinkedHashMap<>();
    private final List<Double> restarts = new ArrayList<>();

    /**
     * Follows from the beginning.
     *
     * @param sources files, and folders whose logs may come and go
     * @param names what some columns are called here, by their names in the logs
     * @throws dev.wane.formats.problem.InputException if a folder holds no log
     */
    public RunFollower(List<Path> sources, Map<String, String> names) {
        this.sources = List.copyOf(sources);
        this.names = Map.copyOf(names);
        this.sources.forEach(LogFiles::of);
        list();
    }

    /** A checkpoint's history is in the next one's; other logs that are gone were read while they were there. */
    private void list() {
        List<Path> found = new ArrayList<>();
        for (Path source : sources) {
            List<Path> logs = LogFiles.now(source);
            logs.stream()
                    .filter(log -> !tails.containsKey(log))
                    .forEach(log -> prefixes.put(log, LogFiles.prefix(source, log, logs)));
            found.addAll(logs);
        }
        List<Path> gone =
                tails.keySet().stream().filter(log -> !found.contains(log)).toList();
        gone.stream().filter(log -> log.endsWith(LogFiles.STATE)).forEach(this::forget);
        gone.forEach(tails::remove);
        found.forEach(log -> tails.computeIfAbsent(log, LogTail::of));
    }

    /** What a log wrote, which is written again. */
    private void forget(Path log) {
        written.getOrDefault(log, Set.of()).forEach(traces::remove);
        written.remove(log);
        restarts.clear();
    }

    /**
     * Reads what was written since the last call.
     *
     * @return whether there was anything
     * @throws dev.wane.formats.problem.InputException if a log cannot be read
     */
    public boolean poll() {
        list();
        boolean any = false;
        for (LogTail tail : tails.values()) {
            if (tail.startsAnew()) {
                forget(tail.file());
            }
            any |= tail.poll(logged -> add(tail.file(), logged));
        }
        return any;
    }

    /** Reads logs that are finished, to their last byte. */
    public void readWhole() {
        tails.keySet().forEach(log -> RunLog.each(log, logged -> add(log, logged)));
    }

    private void add(Path log, Logged logged) {
        if (logged.isNull()) {
            return;
        }
        String own = prefixes.getOrDefault(log, "") + logged.name();
        String name = names.getOrDefault(own, own);
        written.computeIfAbsent(log, key -> new HashSet<>()).add(name);
        boolean perParameter = name.startsWith("norms.") || name.startsWith("rows.");
        boolean back = traces.computeIfAbsent(name, key -> new Trace(perParameter ? FEW : MANY))
                .add(logged.step(), logged.value());
        // Two writers of one log may count from 0 and from 1: only a quantity that goes back tells of a restart.
        if (back
                && !perParameter
                && !name.equals("step")
                && (restarts.isEmpty() || restarts.getLast() != logged.step())) {
            restarts.add(logged.step());
        }
    }

    /**
     * The run so far.
     *
     * @param recipe what it was meant to train with; null takes of a probe the meaning of its λ, and nothing else
     */
    public WatchedRun run(@Nullable Recipe recipe) {
        Recipe known = recipe == null ? meaning() : recipe;
        String source = tails.keySet().stream().map(Path::toString).collect(Collectors.joining(", "));
        double perEpoch = inEpochs() ? stepsPerEpoch(known) : 1;
        Map<String, Trace> inSteps = new LinkedHashMap<>(traces);
        if (perEpoch != 1 && !Double.isNaN(perEpoch)) {
            inSteps.replaceAll((name, trace) -> trace.stretched(perEpoch));
        }
        return new WatchedRun(
                source,
                known == null || !Double.isNaN(perEpoch)
                        ? known
                        : known.but().length(null).build(),
                inSteps,
                parameters(),
                restarts,
                probes().map(ProbedModel::of).findFirst());
    }

    /** Whether the logs count epochs alone. */
    private boolean inEpochs() {
        return !tails.isEmpty() && tails.keySet().stream().allMatch(RunLog::countsEpochs);
    }

    /** NaN where they are not known: then nothing is said of the run's length. */
    private static double stepsPerEpoch(@Nullable Recipe recipe) {
        return recipe == null ? Double.NaN : TrainingScale.of(recipe).stepsPerEpoch();
    }

    private @Nullable Recipe meaning() {
        return probes().flatMap(probe -> probe.row().stream())
                .map(row -> Recipe.of(row).build())
                .findFirst()
                .orElse(null);
    }

    private List<WatchedParameter> parameters() {
        return probes().flatMap(probe -> parameters(probe).stream()).toList();
    }

    private Stream<Probe> probes() {
        return tails.keySet().stream().filter(ProbeReader::is).map(ProbeReader::read);
    }

    private static List<WatchedParameter> parameters(Probe probe) {
        List<NamedShape> shapes =
                probe.parameters().stream().map(each -> each.parameter()).toList();
        Roles roles = Roles.of(shapes);
        return probe.parameters().stream()
                .map(each -> new WatchedParameter(
                        each.parameter().name(),
                        roles.guess(each.parameter()).role(),
                        Math.max(1, each.elements()),
                        probe.weightDecay(each.group()),
                        each.type().equals("bfloat16") && probe.decaysApart(each.group())))
                .toList();
    }
}
