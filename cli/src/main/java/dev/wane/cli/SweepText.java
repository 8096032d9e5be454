package dev.wane.cli;

import dev.wane.explain.ExplainedGroup;
import dev.wane.formats.experiment.Experiment;
import dev.wane.lab.transfer.Sweep;
import dev.wane.recipe.Recipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The runs of a sweep for people: a line for each network, learning rate and λ, its seeds together. */
final class SweepText {
    private SweepText() {}

    private record Key(String network, double learningRate, double weightDecay) {}

    static String of(Experiment experiment, List<Sweep.Row> rows) {
        Map<Key, List<Sweep.Row>> cells = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> new Key(row.network(), row.learningRate(), row.weightDecay()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                "  %-28s %-10s %-10s %-12s %s",
                "network", "η", "λ", "τ (epochs)", experiment.metric().id()));
        cells.forEach((key, runs) -> lines.add(line(experiment.base(), key, runs)));
        rows.stream()
                .filter(row -> row.failure() != null)
                .map(row ->
                        "failed: λ " + Numbers.of(row.weightDecay()) + ", seed " + row.seed() + ": " + row.failure())
                .forEach(lines::add);
        return String.join("\n", lines);
    }

    private static String line(Recipe base, Key key, List<Sweep.Row> runs) {
        Recipe recipe = base.but()
                .learningRate(key.learningRate())
                .weightDecay(key.weightDecay())
                .build();
        double[] values = runs.stream()
                .mapToDouble(Sweep.Row::value)
                .filter(value -> !Double.isNaN(value))
                .toArray();
        int lost = runs.size() - values.length;
        return String.format(
                "  %-28s %-10s %-10s %-12s %s",
                key.network(),
                Numbers.of(key.learningRate()),
                Numbers.of(key.weightDecay()),
                Numbers.of(ExplainedGroup.of("run", recipe).timescale().epochs()),
                values.length == 0
                        ? "no run ended"
                        : figures(values) + (lost == 0 ? "" : ", " + lost + " diverged or failed"));
    }

    private static String figures(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        String spread = values.length < 2
                ? ""
                : String.format(
                        Locale.ROOT,
                        " (%s to %s, %d seeds)",
                        Numbers.of(Arrays.stream(values).min().orElseThrow()),
                        Numbers.of(Arrays.stream(values).max().orElseThrow()),
                        values.length);
        return Numbers.of(mean) + spread;
    }
}
