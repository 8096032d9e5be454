package dev.wane.cli;

import dev.wane.framework.Factor;
import dev.wane.framework.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The registry for people. */
final class RegistryText {
    private static final String ROW = "%-14s %-18s %-19s %-12s %-9s %-8s %-30s %s";

    private RegistryText() {}

    static String of(List<Optimizer> rows, Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(String.format(
                ROW, "framework", "optimizer", "convention", "factor", "decays", "default", "not decayed", "note")));
        rows.forEach(row -> lines.add(line(row)));
        lines.add("");
        lines.add(style.faint("sources: "
                + String.join(
                        ", ", rows.stream().map(Optimizer::source).distinct().toList())));
        lines.add(style.faint("decoupled-lr: ηλ per step; decoupled-schedule: (η_t/η)λ; raw: λ; corrected: λη_t²/η; "
                + "corrected-raw: η_t²λ; coupled: in the gradient; penalty: in the loss"));
        return String.join("\n", lines);
    }

    private static String line(Optimizer row) {
        return String.format(
                        ROW,
                        row.framework(),
                        row.id(),
                        row.kind().id(),
                        factor(row.factor()),
                        row.order().id(),
                        Double.isNaN(row.defaultWeightDecay()) ? "?" : Numbers.of(row.defaultWeightDecay()),
                        row.excluded(),
                        note(row))
                .stripTrailing();
    }

    private static String note(Optimizer row) {
        return Stream.of(
                        row.update(),
                        row.note(),
                        row.versions().equals("*") ? "" : "versions " + row.versions(),
                        row.checked() ? "" : "unchecked")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String factor(Factor factor) {
        return switch (factor.by()) {
            case NONE -> Numbers.of(factor.value());
            case BATCH -> "batch/" + Numbers.of(1 / factor.value());
            case PARAMETERS, SAMPLES ->
                Numbers.of(factor.value()) + "/" + factor.by().id();
        };
    }
}
