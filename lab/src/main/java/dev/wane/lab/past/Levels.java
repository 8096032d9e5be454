package dev.wane.lab.past;

import dev.wane.formats.log.Tables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The values of a dimension of a sweep, by number; numbers of many values are put in quarters by their order. */
final class Levels {
    /** The learning rate is a dimension like those beside a recipe. */
    static final String RATE = "learning rate";

    private static final int MOST = 12;
    private static final int QUARTERS = 4;

    private final String name;
    private final IdentityHashMap<Placed, Integer> ofRuns = new IdentityHashMap<>();
    private final int count;

    private Levels(String name, Map<String, Integer> numbers, List<Placed> runs) {
        this.name = name;
        runs.forEach(run ->
                Optional.ofNullable(text(name, run)).map(numbers::get).ifPresent(level -> ofRuns.put(run, level)));
        this.count = numbers.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
    }

    /** Values of two runs at least; empty for texts of many values, names and identifiers, and where all runs have one. */
    static Optional<Levels> of(String name, List<Placed> runs) {
        Map<String, List<Placed>> byText = runs.stream()
                .filter(run -> text(name, run) != null)
                .collect(Collectors.groupingBy(
                        run -> String.valueOf(text(name, run)), LinkedHashMap::new, Collectors.toList()));
        Map<String, Integer> numbers = byText.size() <= MOST ? each(byText) : quarters(byText);
        Levels levels = new Levels(name, numbers, runs);
        return levels.count() < 2 ? Optional.empty() : Optional.of(levels);
    }

    private static @Nullable String text(String name, Placed run) {
        return name.equals(RATE)
                ? Double.toString(run.learningRate())
                : run.run().others().get(name);
    }

    private static Map<String, Integer> each(Map<String, List<Placed>> byText) {
        Map<String, Integer> numbers = new HashMap<>();
        byText.forEach((text, runs) -> {
            if (runs.size() >= 2) {
                numbers.put(text, numbers.size());
            }
        });
        return numbers;
    }

    private static Map<String, Integer> quarters(Map<String, List<Placed>> byText) {
        if (byText.keySet().stream().anyMatch(text -> Tables.figure(text).isEmpty())) {
            return Map.of();
        }
        List<String> sorted = new ArrayList<>(byText.keySet());
        sorted.sort(Comparator.comparingDouble(text -> Tables.figure(text).orElseThrow()));
        int runs = byText.values().stream().mapToInt(List::size).sum();
        Map<String, Integer> numbers = new HashMap<>();
        int before = 0;
        for (String text : sorted) {
            numbers.put(text, before * QUARTERS / runs);
            before += byText.getOrDefault(text, List.of()).size();
        }
        return numbers;
    }

    String name() {
        return name;
    }

    int count() {
        return count;
    }

    /** Of a run; empty where it has none. */
    Optional<Integer> of(Placed run) {
        return Optional.ofNullable(ofRuns.get(run));
    }

    /** 1 in the column of a run's level; nothing for the first. */
    void into(double[] row, int from, Placed run) {
        of(run).filter(level -> level > 0).ifPresent(level -> row[from + level - 1] = 1);
    }

    /** How many columns its levels have. */
    int width() {
        return Math.max(0, count - 1);
    }
}
