package dev.wane.formats.runs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The runs of one source.
 *
 * @param source file, folder or address
 * @param kind what kind of source it is, for people
 * @param runs in the source's order
 * @param larger of figures whose direction the source knows: whether larger is better
 */
public record RunSet(String source, String kind, List<PastRun> runs, Map<String, Boolean> larger) {
    public RunSet {
        runs = List.copyOf(runs);
        larger = Map.copyOf(larger);
    }

    RunSet(String source, String kind, List<PastRun> runs) {
        this(source, kind, runs, Map.of());
    }

    /** The runs of several sources as one. */
    public static RunSet merged(List<RunSet> sets) {
        Map<String, Boolean> larger = new HashMap<>();
        sets.forEach(set -> larger.putAll(set.larger()));
        return new RunSet(
                joined(sets.stream().map(RunSet::source)),
                joined(sets.stream().map(RunSet::kind)),
                sets.stream().flatMap(set -> set.runs().stream()).toList(),
                larger);
    }

    private static String joined(Stream<String> names) {
        return names.distinct().collect(Collectors.joining(", "));
    }

    /** Whether settings and results stand side by side, as in a table. */
    public boolean mixed() {
        return kind.contains("table");
    }
}
