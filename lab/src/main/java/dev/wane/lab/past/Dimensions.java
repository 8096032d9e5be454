package dev.wane.lab.past;

import dev.wane.formats.log.Tables;
import dev.wane.lab.stats.Holm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hipparchus.stat.inference.OneWayAnova;
import org.jspecify.annotations.Nullable;

/**
 * One-way analysis of variance, dimension by dimension, of what a parabola in the timescale leaves over. Numbers of many
 * values are put in quarters by their order.
 */
final class Dimensions {
    private static final int MOST_LEVELS = 12;
    private static final int QUARTERS = 4;
    private static final int MOST_DIMENSIONS = 60;
    private static final double ALPHA = 0.05;
    private static final String RATE = "learning rate";

    private Dimensions() {}

    /** What stands out is taken out of the residuals, by its levels' means, before the others are judged. */
    static List<DimensionFinding> of(List<Residual> residuals, Set<String> results) {
        List<DimensionFinding> alone = judged(residuals, results);
        List<String> sure = alone.stream()
                .filter(DimensionFinding::standsOut)
                .map(DimensionFinding::name)
                .toList();
        Map<String, DimensionFinding> beside = sure.isEmpty() ? Map.of() : beside(residuals, results, sure);
        return alone.stream()
                .map(found -> found.standsOut() ? found : beside.getOrDefault(found.name(), found))
                .sorted(Comparator.comparingDouble(DimensionFinding::pValue))
                .toList();
    }

    private static Map<String, DimensionFinding> beside(
            List<Residual> residuals, Set<String> results, List<String> sure) {
        List<Residual> without = residuals;
        for (String name : sure) {
            without = without(without, name);
        }
        return judged(without, results).stream().collect(Collectors.toMap(DimensionFinding::name, Function.identity()));
    }

    private static List<DimensionFinding> judged(List<Residual> residuals, Set<String> results) {
        List<DimensionFinding> raw = new ArrayList<>();
        add(RATE, residuals, Residual::learningRate, raw);
        names(residuals, results)
                .forEach(name -> add(name, residuals, each -> each.others().get(name), raw));
        List<Double> levels =
                Holm.levels(raw.stream().map(DimensionFinding::pValue).toList(), ALPHA);
        return IntStream.range(0, raw.size())
                .mapToObj(i -> {
                    DimensionFinding found = raw.get(i);
                    return new DimensionFinding(
                            found.name(),
                            found.levels(),
                            found.range(),
                            found.pValue(),
                            found.pValue() <= levels.get(i));
                })
                .toList();
    }

    private static List<Residual> without(List<Residual> residuals, String name) {
        Function<Residual, String> level =
                each -> name.equals(RATE) ? each.learningRate() : each.others().getOrDefault(name, "");
        Map<String, Double> means =
                residuals.stream().collect(Collectors.groupingBy(level, Collectors.averagingDouble(Residual::value)));
        return residuals.stream()
                .map(each -> new Residual(
                        each.value() - means.getOrDefault(level.apply(each), 0.0), each.learningRate(), each.others()))
                .toList();
    }

    /** What a run leaves over, with its settings. */
    record Residual(double value, String learningRate, Map<String, String> others) {}

    private static List<String> names(List<Residual> residuals, Set<String> results) {
        Set<String> names = new LinkedHashSet<>();
        residuals.forEach(each -> names.addAll(each.others().keySet()));
        return names.stream()
                .filter(name -> !results.contains(name))
                .limit(MOST_DIMENSIONS)
                .toList();
    }

    private static void add(
            String name,
            List<Residual> residuals,
            Function<Residual, @Nullable String> level,
            List<DimensionFinding> to) {
        Map<String, List<Residual>> byText = residuals.stream()
                .filter(each -> level.apply(each) != null)
                .collect(Collectors.groupingBy(
                        each -> String.valueOf(level.apply(each)), LinkedHashMap::new, Collectors.toList()));
        Collection<List<Residual>> groups = byText.size() <= MOST_LEVELS ? byText.values() : quarters(byText);
        List<double[]> samples = groups.stream()
                .filter(group -> group.size() >= 2)
                .map(group -> group.stream().mapToDouble(Residual::value).toArray())
                .toList();
        if (samples.size() >= 2 && varies(samples)) {
            double[] means = samples.stream()
                    .mapToDouble(sample -> Arrays.stream(sample).average().orElseThrow())
                    .toArray();
            double range = Arrays.stream(means).max().orElseThrow()
                    - Arrays.stream(means).min().orElseThrow();
            to.add(new DimensionFinding(name, samples.size(), range, new OneWayAnova().anovaPValue(samples), false));
        }
    }

    private static boolean varies(List<double[]> samples) {
        return samples.stream().flatMapToDouble(Arrays::stream).distinct().count() > samples.size();
    }

    /** Empty for texts of many values: names and identifiers. */
    private static Collection<List<Residual>> quarters(Map<String, List<Residual>> byText) {
        if (byText.keySet().stream().anyMatch(text -> Tables.figure(text).isEmpty())) {
            return List.of();
        }
        List<Residual> sorted = byText.entrySet().stream()
                .sorted(Comparator.comparingDouble(
                        entry -> Tables.figure(entry.getKey()).orElseThrow()))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
        return IntStream.range(0, QUARTERS)
                .mapToObj(i -> sorted.subList(i * sorted.size() / QUARTERS, (i + 1) * sorted.size() / QUARTERS))
                .toList();
    }
}
