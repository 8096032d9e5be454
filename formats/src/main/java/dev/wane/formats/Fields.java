package dev.wane.formats;

import dev.wane.formats.problem.NearestName;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of one mapping by type and range. What is wrong goes to the problem collector and reads as null, so
 * that a reader goes on and finds the rest.
 */
public final class Fields {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d[\\d_]*\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
    private static final Set<String> NULLS = Set.of("null", "~", "");
    private static final Pattern NOT_FINITE = Pattern.compile("[-+]?\\.?(inf|infinity|nan)");

    private final Map<String, Node.Entry> entries;
    private final Position position;
    private final Problems problems;

    private Fields(Map<String, Node.Entry> entries, Position position, Problems problems) {
        this.entries = entries;
        this.position = position;
        this.problems = problems;
    }

    /**
     * Opens a mapping and reports every key that is not valid in it.
     *
     * @param what the mapping's name, for messages
     */
    public static Fields of(Node node, String what, Problems problems, List<String> validKeys) {
        if (!(node instanceof Node.Mapping mapping)) {
            problems.add(node.position(), what + " must be a mapping of keys to values, got " + node.kind());
            return new Fields(Map.of(), node.position(), problems);
        }
        mapping.repeated()
                .forEach(
                        again -> problems.add(again.last().position(), "the key '" + again.key() + "' is given twice"));
        mapping.entries().forEach((key, entry) -> {
            if (!validKeys.contains(key)) {
                problems.add(
                        entry.keyPosition(),
                        "unknown key '" + key + "' in " + what + "; did you mean '" + NearestName.of(key, validKeys)
                                + "'? Valid: " + String.join(", ", validKeys));
            }
        });
        Map<String, Node.Entry> given = new LinkedHashMap<>(mapping.entries());
        given.values().removeIf(Fields::isNull);
        return new Fields(given, node.position(), problems);
    }

    /** What Wane prints for a quantity that is not known reads as not given. */
    private static boolean isNull(Node.Entry entry) {
        return entry.value() instanceof Node.Scalar scalar && !scalar.quoted() && NULLS.contains(scalar.text());
    }

    public boolean has(String key) {
        return entries.containsKey(key);
    }

    public Position position(String key) {
        Node.Entry entry = entries.get(key);
        return entry == null ? position : entry.value().position();
    }

    public Optional<Node> node(String key) {
        return Optional.ofNullable(entries.get(key)).map(Node.Entry::value);
    }

    /** Reports a required key that is absent. */
    public boolean require(String key, String what) {
        if (!has(key)) {
            problems.add(position, what + " needs the key '" + key + "'");
        }
        return has(key);
    }

    public void problem(String key, String message) {
        problems.add(position(key), message);
    }

    public @Nullable Double number(String key, NumberRule rule) {
        return node(key).map(node -> number(key, node, rule, problems)).orElse(null);
    }

    public double number(String key, NumberRule rule, double fallback) {
        Double value = number(key, rule);
        return value == null ? fallback : value;
    }

    /** Every item of a list of numbers; a single number reads as a list of one. */
    public @Nullable List<Double> numbers(String key, NumberRule rule) {
        Node node = node(key).orElse(null);
        return node == null ? null : numbers(node, key, rule, problems);
    }

    /** Every item of a list of numbers that stands outside a mapping. */
    static @Nullable List<Double> numbers(Node node, String key, NumberRule rule, Problems problems) {
        List<Node> items = node instanceof Node.Sequence sequence ? sequence.items() : List.of(node);
        List<Double> values = new ArrayList<>();
        for (Node item : items) {
            Double value = number(key, item, rule, problems);
            if (value != null) {
                values.add(value);
            }
        }
        return values.size() == items.size() ? values : null;
    }

    public @Nullable Long integer(String key, long least, long most) {
        Double value = number(key, NumberRule.NON_NEGATIVE);
        if (value == null) {
            return null;
        }
        if (value != Math.rint(value) || value < least || value > most) {
            String range = most == Long.MAX_VALUE ? ">= " + least : "from " + least + " to " + most;
            problem(key, key + " must be a whole number " + range + ", got " + written(key));
            return null;
        }
        return value.longValue();
    }

    public long integer(String key, long least, long most, long fallback) {
        Long value = integer(key, least, most);
        return value == null ? fallback : value;
    }

    public boolean flag(String key) {
        String text = text(key);
        if (text == null || text.equals("false")) {
            return false;
        }
        if (!text.equals("true")) {
            problem(key, key + " must be true or false, got '" + text + "'");
        }
        return text.equals("true");
    }

    public @Nullable String text(String key) {
        return node(key)
                .map(node -> {
                    if (node instanceof Node.Scalar scalar) {
                        return scalar.text();
                    }
                    problems.add(node.position(), key + " must be a single value, got " + node.kind());
                    return null;
                })
                .orElse(null);
    }

    /** One of several names. */
    public <T> @Nullable T choice(String key, Map<String, T> valid) {
        String text = text(key);
        if (text == null) {
            return null;
        }
        T value = valid.get(text);
        if (value == null) {
            problem(
                    key,
                    "unknown " + key + " '" + text + "'; did you mean '" + NearestName.of(text, valid.keySet())
                            + "'? Valid: " + String.join(", ", valid.keySet()));
        }
        return value;
    }

    private static @Nullable Double number(String key, Node node, NumberRule rule, Problems problems) {
        if (!(node instanceof Node.Scalar scalar) || scalar.quoted() || !isNumber(scalar.text())) {
            problems.add(node.position(), key + " must be a number " + rule + ", got " + node.kind());
            return null;
        }
        double value = parse(scalar.text());
        if (!rule.holds(value)) {
            problems.add(node.position(), key + " must be " + rule + ", got " + scalar.text());
            return null;
        }
        return value;
    }

    private static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches()
                || NOT_FINITE.matcher(text.toLowerCase(Locale.ROOT)).matches();
    }

    private static double parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (NOT_FINITE.matcher(lower).matches()) {
            double infinity = lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            return lower.contains("nan") ? Double.NaN : infinity;
        }
        return Double.parseDouble(text.replace("_", ""));
    }

    private String written(String key) {
        return node(key).map(Node::kind).orElse("nothing");
    }
}
