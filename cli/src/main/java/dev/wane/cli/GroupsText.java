package dev.wane.cli;

import dev.wane.groups.DecayMap;
import dev.wane.groups.KnownModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** A decay map for people: alike parameters of numbered layers are one line. */
final class GroupsText {
    private GroupsText() {}

    static String of(DecayMap map, KnownModel model, boolean all, Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(map.entries().size() + " parameters, "
                + map.entries().stream().filter(DecayMap.Entry::decay).count() + " decayed under the policy "
                + map.policy()));
        map.entries().stream()
                .collect(Collectors.groupingBy(
                        entry -> all ? entry.parameter().name() : layerless(entry),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .forEach((name, entries) -> lines.add(line(name, entries, style)));
        lines.add("");
        lines.add(
                map.missed().isEmpty()
                        ? "nothing is decayed that is usually left out"
                        : style.bad(
                                "decayed, and usually left out: " + map.missed().size() + " ("
                                        + map.missed().stream()
                                                .map(entry -> entry.parameter().name())
                                                .limit(3)
                                                .collect(Collectors.joining(", "))
                                        + (map.missed().size() > 3 ? ", …" : "") + ")"));
        lines.addAll(model.sentences());
        return String.join("\n", lines);
    }

    /** Numbers between dots stand for layers; a line is one for all that are decided alike. */
    private static String layerless(DecayMap.Entry entry) {
        return entry.parameter().name().replaceAll("(?<=^|\\.)\\d+(?=\\.)", "*") + " " + entry.decay()
                + entry.role().role();
    }

    private static String line(String name, List<DecayMap.Entry> entries, Style style) {
        DecayMap.Entry first = entries.getFirst();
        String text = String.format(
                "  %-5s %-9s %-58s %-20s %s%s",
                first.decay() ? "decay" : "-",
                first.role().role().id(),
                name.replaceAll(" (true|false)[A-Z]+$", "") + (entries.size() > 1 ? " (" + entries.size() + ")" : ""),
                first.parameter().shapeText(),
                first.role().doubtful() ? "? " : "",
                first.role().reason() + "; " + first.rule());
        return first.missed() ? style.bad(text) : text;
    }
}
