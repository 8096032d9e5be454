package dev.wane.lab.past;

import dev.wane.lab.stats.Holm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the dimensions of a sweep do beside the timescale, each judged with the sure ones taken out. */
final class Dimensions {
    private static final int MOST = 60;
    private static final double ALPHA = 0.05;

    private Dimensions() {}

    /**
     * Judges.
     *
     * @param parts runs with a best in common, as far as the fit has seen them
     * @param results names that are no settings
     */
    static List<DimensionFinding> of(List<SweepPart> parts, Set<String> results) {
        List<Placed> runs = parts.stream().flatMap(part -> part.runs().stream()).toList();
        List<Levels> levels = new ArrayList<>();
        names(runs, results).forEach(name -> Levels.of(name, runs).ifPresent(levels::add));
        List<DimensionFinding> alone = judged(levels, parts, List.of());
        Set<String> sure = alone.stream()
                .filter(DimensionFinding::standsOut)
                .map(DimensionFinding::name)
                .collect(Collectors.toSet());
        Map<String, DimensionFinding> beside = sure.isEmpty() ? Map.of() : beside(levels, parts, sure);
        return alone.stream()
                .map(found -> found.standsOut() ? found : beside.getOrDefault(found.name(), found))
                .sorted(Comparator.comparingDouble(DimensionFinding::pValue))
                .toList();
    }

    private static Map<String, DimensionFinding> beside(List<Levels> levels, List<SweepPart> parts, Set<String> sure) {
        Map<Boolean, List<Levels>> both =
                levels.stream().collect(Collectors.partitioningBy(each -> sure.contains(each.name())));
        return judged(both.getOrDefault(false, List.of()), parts, both.getOrDefault(true, List.of())).stream()
                .collect(Collectors.toMap(DimensionFinding::name, Function.identity()));
    }

    private static List<DimensionFinding> judged(List<Levels> levels, List<SweepPart> parts, List<Levels> sure) {
        List<DimensionFinding> raw = levels.stream()
                .flatMap(each -> DimensionTest.of(each, parts, sure).stream())
                .toList();
        List<Double> least =
                Holm.levels(raw.stream().map(DimensionFinding::pValue).toList(), ALPHA);
        return IntStream.range(0, raw.size())
                .mapToObj(i -> raw.get(i).judged(raw.get(i).pValue() <= least.get(i)))
                .toList();
    }

    private static Set<String> names(List<Placed> runs, Set<String> results) {
        Set<String> names = new LinkedHashSet<>();
        runs.forEach(run -> names.addAll(run.run().others().keySet()));
        names.removeAll(results);
        Set<String> first = new LinkedHashSet<>(List.of(Levels.RATE));
        names.stream().limit(MOST).forEach(first::add);
        return first;
    }
}
