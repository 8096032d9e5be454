package dev.wane.formats.tree;

import dev.wane.formats.problem.Position;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The assignments of constants at the top of a Python file: {@code name = 5 * 8}. Numbers and arithmetic on them and on
 * names assigned before, strings, True and False. Everything else is left out, and nothing is executed.
 */
final class PythonTree {
    private static final Pattern ASSIGNMENT = Pattern.compile("^([A-Za-z_]\\w*)\\s*(?::[^=]+)?=(?!=)\\s*(.+)$");
    private static final Pattern NAME = Pattern.compile("(?<![\\w.])[A-Za-z_]\\w*");
    private static final Pattern TEXT = Pattern.compile("^(?:[rRbB]?)(\"([^\"]*)\"|'([^']*)')$");

    private final Map<String, Node.Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> numbers = new LinkedHashMap<>();
    private final String name;

    private PythonTree(String name) {
        this.name = name;
    }

    static Node parse(String name, String text) {
        PythonTree tree = new PythonTree(name);
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            Matcher assignment = ASSIGNMENT.matcher(withoutComment(line));
            if (assignment.matches()) {
                tree.assign(assignment, number);
            }
        }
        return new Node.Mapping(new Position(name, 1, 1), tree.entries);
    }

    /** A # outside of quotes. */
    private static String withoutComment(String line) {
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote == 0 && c == '#') {
                return line.substring(0, i).stripTrailing();
            }
            if (c == '"' || c == '\'') {
                quote = quote == 0 ? c : quote == c ? 0 : quote;
            }
        }
        return line.stripTrailing();
    }

    private void assign(Matcher assignment, int line) {
        String key = assignment.group(1);
        Position position = new Position(name, line, assignment.start(2) + 1);
        Node value = value(assignment.group(2), position);
        if (value == null) {
            entries.remove(key);
            numbers.remove(key);
        } else {
            entries.put(key, new Node.Entry(new Position(name, line, 1), value));
        }
        if (value instanceof Node.Scalar scalar && !scalar.quoted()) {
            numbers.put(key, scalar.text());
        }
    }

    private @Nullable Node value(String expression, Position position) {
        Matcher text = TEXT.matcher(expression);
        if (text.matches()) {
            return new Node.Scalar(position, text.group(2) == null ? text.group(3) : text.group(2), true);
        }
        if (expression.equals("True") || expression.equals("False") || expression.equals("None")) {
            return new Node.Scalar(position, expression, false);
        }
        String named = NAME.matcher(expression)
                .replaceAll(match -> Matcher.quoteReplacement(numbers.getOrDefault(match.group(), match.group())));
        Double value = Arithmetic.of(named);
        return value == null ? null : new Node.Scalar(position, plain(value), false);
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
