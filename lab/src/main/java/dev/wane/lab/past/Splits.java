package dev.wane.lab.past;

import dev.wane.lab.past.TimescaleFit.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Settings beside a recipe that move the best timescale, as a dropout or a width may: runs that differ in one of them have no
 * best in common. A dimension splits them where a parabola of its own for each level explains more than one parabola with an
 * offset for each.
 */
final class Splits {
    private static final double SURE = 1e-3;
    private static final int MOST_LEVELS = 6;
    private static final int LEAST_RUNS = 5;
    private static final int LEAST_PLACES = 3;
    private static final int DEEPEST = 3;

    private final Set<String> results;

    /** @param results names that are no settings */
    Splits(Set<String> results) {
        this.results = results;
    }

    /**
     * Runs that have a best in common.
     *
     * @param label what tells them from the others, {@code dropout 0.3}; empty where nothing does
     */
    record Part(String label, List<Placed> runs) {}

    /** One part where no dimension moves the best. */
    List<Part> of(List<Placed> runs) {
        return of(new Part("", runs), 0);
    }

    private List<Part> of(Part whole, int depth) {
        Optional<String> dimension = depth < DEEPEST ? surest(whole.runs()) : Optional.empty();
        return dimension
                .map(name -> levels(whole.runs(), name).entrySet().stream()
                        .flatMap(level ->
                                of(new Part(label(whole, name, level.getKey()), level.getValue()), depth + 1).stream())
                        .toList())
                .orElse(List.of(whole));
    }

    private static String label(Part whole, String name, String level) {
        return (whole.label().isEmpty() ? "" : whole.label() + ", ") + name + " " + level;
    }

    private Optional<String> surest(List<Placed> runs) {
        Set<String> names = new LinkedHashSet<>();
        runs.forEach(run -> names.addAll(run.run().others().keySet()));
        names.removeAll(results);
        Map<String, Double> sure = new LinkedHashMap<>();
        for (String name : names) {
            double p = pValue(levels(runs, name), runs.size());
            if (p < SURE / names.size()) {
                sure.put(name, p);
            }
        }
        return sure.entrySet().stream()
                .min(Comparator.comparingDouble(Map.Entry::getValue))
                .map(Map.Entry::getKey);
    }

    private static Map<String, List<Placed>> levels(List<Placed> runs, String name) {
        return runs.stream()
                .filter(run -> run.run().others().get(name) != null)
                .collect(Collectors.groupingBy(
                        run -> Objects.requireNonNull(run.run().others().get(name)),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    /** 1 where a level has too few runs for a parabola, or some runs have no level. */
    private static double pValue(Map<String, List<Placed>> levels, int runs) {
        boolean enough = levels.size() >= 2
                && levels.size() <= MOST_LEVELS
                && levels.values().stream().mapToInt(List::size).sum() == runs
                && levels.values().stream()
                        .allMatch(each -> each.size() >= LEAST_RUNS
                                && TimescaleFit.distinct(each.stream().mapToDouble(Placed::place)) >= LEAST_PLACES);
        if (!enough) {
            return 1;
        }
        List<Placed> all = levels.values().stream().flatMap(List::stream).toList();
        double middle = all.stream().mapToDouble(Placed::position).average().orElseThrow();
        List<double[]> small = new ArrayList<>();
        List<double[]> large = new ArrayList<>();
        int level = 0;
        for (List<Placed> each : levels.values()) {
            for (Placed run : each) {
                double x = run.position() - middle;
                small.add(Shape.row(levels.size(), level, x, false));
                large.add(Shape.row(levels.size(), level, x, true));
            }
            level++;
        }
        double[] y = all.stream().mapToDouble(Placed::judged).toArray();
        return NestedModels.pValue(y, small.toArray(double[][]::new), large.toArray(double[][]::new));
    }
}
