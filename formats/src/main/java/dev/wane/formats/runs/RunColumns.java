package dev.wane.formats.runs;

import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problems;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which column holds which quantity.
 *
 * @param of the columns found or given; of several names for one quantity, whichever a run has
 */
public record RunColumns(Map<RunQuantity, List<String>> of) {
    public RunColumns {
        of = Collections.unmodifiableMap(new EnumMap<>(of));
    }

    /**
     * Finds them by name. Two columns that could both be meant and differ in some run are a problem; where they agree, each
     * run's own name counts.
     *
     * @param given columns named by the user
     */
    public static RunColumns find(List<PastRun> runs, Map<RunQuantity, String> given, Problems problems) {
        Set<String> columns = new LinkedHashSet<>();
        runs.forEach(run -> columns.addAll(run.settings().keySet()));
        Map<RunQuantity, List<String>> found = new EnumMap<>(RunQuantity.class);
        for (RunQuantity quantity : RunQuantity.values()) {
            List<String> named = given.containsKey(quantity)
                    ? given(quantity, String.valueOf(given.get(quantity)), columns, problems)
                    : byName(quantity, columns, runs, problems);
            if (!named.isEmpty()) {
                found.put(quantity, named);
            }
        }
        return new RunColumns(found);
    }

    private static List<String> given(RunQuantity quantity, String column, Set<String> columns, Problems problems) {
        if (!columns.contains(column)) {
            problems.add(
                    Position.option(),
                    "--column " + quantity.id() + "=" + column + ": the runs have no such setting; they have "
                            + shown(columns));
        }
        return List.of(column);
    }

    static String shown(Collection<String> names) {
        List<String> first = names.stream().sorted().limit(40).toList();
        return String.join(", ", first) + (names.size() > first.size() ? ", …" : "");
    }

    private static List<String> byName(
            RunQuantity quantity, Set<String> columns, List<PastRun> runs, Problems problems) {
        for (Function<String, String> part : List.<Function<String, String>>of(RunColumns::plain, RunColumns::last)) {
            for (List<String> names : quantity.names()) {
                List<String> candidates = columns.stream()
                        .filter(column -> names.contains(part.apply(column)))
                        .toList();
                if (!candidates.isEmpty()) {
                    return agreed(quantity, candidates, runs, problems);
                }
            }
        }
        return List.of();
    }

    private static List<String> agreed(
            RunQuantity quantity, List<String> candidates, List<PastRun> runs, Problems problems) {
        boolean differ = runs.stream()
                .anyMatch(run -> candidates.stream()
                                .map(run.settings()::get)
                                .filter(Objects::nonNull)
                                .distinct()
                                .count()
                        > 1);
        if (differ) {
            problems.add(
                    Position.option(),
                    String.join(" and ", candidates) + " could both be the " + quantity.id()
                            + " and differ; say which: --column " + quantity.id() + "=" + candidates.getFirst());
        }
        return candidates.stream()
                .sorted(Comparator.comparingInt(String::length))
                .toList();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static String last(String name) {
        return plain(name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')) + 1));
    }

    /** The text of a quantity in a run. */
    @Nullable
    String text(RunQuantity quantity, PastRun run) {
        return of.getOrDefault(quantity, List.of()).stream()
                .map(run.settings()::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Whether a setting is one of the quantities. */
    boolean holds(String column) {
        return of.values().stream().anyMatch(columns -> columns.contains(column));
    }
}
