package dev.wane.framework;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the registry's table; every problem is found before any is thrown. */
final class RegistryFile {
    private static final List<String> COLUMNS = List.of(
            "framework",
            "optimizer",
            "kind",
            "family",
            "factor",
            "order",
            "update",
            "default",
            "excluded",
            "versions",
            "checked",
            "source",
            "note");
    private static final String NAME = "[a-z0-9_]+";

    private final String file;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private int line;

    private RegistryFile(String file) {
        this.file = file;
    }

    /**
     * Reads the lines of a registry.
     *
     * @throws IllegalStateException with every problem, its line, the rule and the value
     */
    static List<Optimizer> parse(String file, List<String> lines) {
        RegistryFile registry = new RegistryFile(file);
        List<Optimizer> rows = registry.rows(lines);
        if (!registry.problems.isEmpty()) {
            throw new IllegalStateException(String.join("\n", registry.problems));
        }
        return List.copyOf(rows);
    }

    private List<Optimizer> rows(List<String> lines) {
        List<Optimizer> rows = new ArrayList<>();
        boolean header = false;
        for (String text : lines) {
            line++;
            if (text.isBlank() || text.startsWith("#")) {
                continue;
            }
            List<String> cells =
                    Arrays.stream(text.split("\\|", -1)).map(String::strip).toList();
            if (!header) {
                header = true;
                check(cells.equals(COLUMNS), "the columns must be " + COLUMNS, text);
            } else if (cells.size() != COLUMNS.size()) {
                check(false, "a row must have " + COLUMNS.size() + " cells", text);
            } else {
                rows.add(row(cells));
            }
        }
        return rows;
    }

    private Optimizer row(List<String> cells) {
        check(cells.get(0).matches(NAME), "framework must be letters, digits and '_'", cells.get(0));
        check(cells.get(1).matches(NAME), "optimizer must be letters, digits and '_'", cells.get(1));
        check(
                seen.add(cells.get(0) + " " + cells.get(1)),
                "a row must be there once",
                cells.get(0) + " " + cells.get(1));
        check(
                cells.get(10).equals("source") || cells.get(10).equals("unchecked"),
                "checked must be source or unchecked",
                cells.get(10));
        check(!cells.get(11).isEmpty(), "source must not be empty", cells.get(11));
        return new Optimizer(
                cells.get(0),
                cells.get(1),
                oneOf(DecayKind.values(), DecayKind::id, "kind", cells.get(2)),
                cells.get(3).equals("-") ? null : oneOf(Family.values(), Family::id, "family", cells.get(3)),
                factor(cells.get(4)),
                oneOf(DecayOrder.values(), DecayOrder::id, "order", cells.get(5)),
                cells.get(6).equals("-") ? "" : cells.get(6),
                cells.get(7).equals("?") ? Double.NaN : number("default", cells.get(7)),
                cells.get(8),
                cells.get(9),
                cells.get(10).equals("source"),
                cells.get(11),
                cells.get(12));
    }

    private Factor factor(String text) {
        try {
            Factor factor = Factor.parse(text);
            check(factor.value() > 0 && factor.value() < Double.POSITIVE_INFINITY, "factor must be > 0", text);
            return factor;
        } catch (NumberFormatException e) {
            check(false, "factor must be a number, batch/number, number/parameters or number/samples", text);
            return new Factor(1, Factor.Quantity.NONE);
        }
    }

    private double number(String what, String text) {
        try {
            double value = Double.parseDouble(text);
            check(value >= 0 && value < Double.POSITIVE_INFINITY, what + " must be finite and >= 0", text);
            return value;
        } catch (NumberFormatException e) {
            check(false, what + " must be a number", text);
            return Double.NaN;
        }
    }

    /** The first value stands in for a wrong one: the row is not used once there is a problem. */
    private <T> T oneOf(T[] values, Function<T, String> id, String what, String text) {
        @Nullable
        T found = Arrays.stream(values)
                .filter(value -> id.apply(value).equals(text))
                .findFirst()
                .orElse(null);
        check(
                found != null,
                what + " must be one of " + Arrays.stream(values).map(id).toList(),
                text);
        return found == null ? values[0] : found;
    }

    private void check(boolean holds, String rule, String value) {
        if (!holds) {
            problems.add(file + ":" + line + ": " + rule + ", got '" + value + "'");
        }
    }
}
