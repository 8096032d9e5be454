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
import dev.wane.watch.Trace;
import dev.wane.watch.WatchedParameter;
import dev.wane.watch.WatchedRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The logs of one run, read as they grow, in memory that does not grow with them. */
public final class RunFollower {
    private static final int MANY = 4096;
    /** Of each parameter. */
    private static final int FEW = 512;

    private final List<LogTail> tails;
    private final Map<String, String> names;
    private final Map<String, Trace> traces = new LinkedHashMap<>();
    private final List<Double> restarts = new ArrayList<>();

    /**
     * Follows from the beginning.
     *
     * @param logs files
     * @param names what some columns are called here, by their names in the logs
     */
    public RunFollower(List<Path> logs, Map<String, String> names) {
        this.tails = logs.stream().map(LogTail::of).toList();
        this.names = Map.copyOf(names);
    }

    /**
     * Reads what was written since the last call.
     *
     * @return whether there was anything
     * @throws dev.wane.formats.problem.InputException if a log cannot be read
     */
    public boolean poll() {
        return tails.stream().map(tail -> tail.poll(this::add)).reduce(false, Boolean::logicalOr);
    }

    /** Reads logs that are finished, to their last byte. */
    public void readWhole() {
        tails.forEach(tail -> RunLog.each(tail.file(), this::add));
    }

    private void add(Logged logged) {
        String name = names.getOrDefault(logged.name(), logged.name());
        boolean perParameter = name.startsWith("norms.") || name.startsWith("rows.");
        boolean back = traces.computeIfAbsent(name, key -> new Trace(perParameter ? FEW : MANY))
                .add(logged.step(), logged.value());
        if (back && !perParameter && (restarts.isEmpty() || restarts.getLast() != logged.step())) {
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
        String source = tails.stream().map(tail -> tail.file().toString()).collect(Collectors.joining(", "));
        return new WatchedRun(
                source,
                known,
                traces,
                parameters(),
                restarts,
                probes().map(ProbedModel::of).findFirst());
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
        return tails.stream().map(LogTail::file).filter(ProbeReader::is).map(ProbeReader::read);
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
                        each.type()))
                .toList();
    }
}
