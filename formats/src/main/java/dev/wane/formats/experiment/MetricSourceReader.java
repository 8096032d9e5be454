package dev.wane.formats.experiment;

import dev.wane.formats.Fields;
import dev.wane.formats.experiment.MetricSource.Kind;
import dev.wane.formats.experiment.MetricSource.Pick;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.Node;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads where a figure is found, and what it is. */
final class MetricSourceReader {
    private static final List<String> KEYS = List.of("from", "name", "test", "mode", "pick", "pattern", "unit");
    private static final Map<String, Boolean> LARGER = Map.of("min", false, "max", true);
    private static final Map<String, Pick> PICKS = Map.of("last", Pick.LAST, "best", Pick.BEST);
    private static final Map<String, Metric.Unit> UNITS =
            Map.of("share", Metric.Unit.SHARE, "nats", Metric.Unit.NATS, "none", Metric.Unit.NONE);

    private final Problems problems;

    MetricSourceReader(Problems problems) {
        this.problems = problems;
    }

    @Nullable
    MetricSource read(Node node) {
        Fields fields = Fields.of(node, "metric", problems, KEYS);
        boolean complete = Stream.of("from", "name")
                .map(key -> fields.require(key, "metric"))
                .reduce(true, Boolean::logicalAnd);
        String from = fields.text("from");
        Kind kind = from == null ? null : kind(from);
        if (from != null && kind == null) {
            fields.problem(
                    "from",
                    "from must be NAME.jsonl, trainer_state.json, tensorboard, csv, NAME.csv or stdout-regex, got '"
                            + from + "'");
        }
        String pattern = pattern(fields, kind);
        Pick pick = Objects.requireNonNullElse(fields.choice("pick", PICKS), Pick.LAST);
        fields.choice("mode", LARGER);
        fields.choice("unit", UNITS);
        if (!complete || from == null || kind == null) {
            return null;
        }
        boolean named = kind == Kind.JSON_LINES || (kind == Kind.CSV && !from.equals("csv"));
        return new MetricSource(
                kind,
                named ? from : "",
                Objects.requireNonNull(fields.text("name")),
                fields.text("test"),
                pick,
                pattern);
    }

    /** What is judged: without a unit, a figure is written as it is. */
    Metric metric(Node node) {
        Fields fields = Fields.of(node, "metric", new Problems(), KEYS);
        Metric.Unit unit = fields.choice("unit", UNITS);
        Boolean larger = fields.choice("mode", LARGER);
        return new Metric(
                Objects.requireNonNullElse(fields.text("name"), "metric"),
                unit == null ? Metric.Unit.NONE : unit,
                larger != null && larger,
                fields.has("test"));
    }

    private static @Nullable Kind kind(String from) {
        if (from.contains("/") || from.contains("\\")) {
            return null;
        }
        return switch (from) {
            case "trainer_state.json" -> Kind.TRAINER_STATE;
            case "tensorboard" -> Kind.TENSORBOARD;
            case "csv" -> Kind.CSV;
            case "stdout-regex" -> Kind.OUTPUT;
            default -> from.endsWith(".jsonl") ? Kind.JSON_LINES : from.endsWith(".csv") ? Kind.CSV : null;
        };
    }

    private @Nullable String pattern(Fields fields, @Nullable Kind kind) {
        String pattern = fields.text("pattern");
        if (kind != Kind.OUTPUT) {
            if (pattern != null) {
                fields.problem("pattern", "pattern is for stdout-regex alone");
            }
            return null;
        }
        if (pattern == null) {
            fields.require("pattern", "a stdout-regex");
            return null;
        }
        try {
            if (Pattern.compile(pattern).matcher("").groupCount() != 1) {
                fields.problem("pattern", "pattern must have one group, the figure, got '" + pattern + "'");
            }
        } catch (PatternSyntaxException e) {
            fields.problem("pattern", "pattern is no regular expression: " + e.getDescription());
        }
        if (fields.has("test")) {
            fields.problem("test", "a stdout-regex reads one figure: leave test out");
        }
        return pattern;
    }
}
