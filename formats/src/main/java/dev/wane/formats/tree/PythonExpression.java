package dev.wane.formats.tree;

import dev.wane.formats.problem.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * An expression of constants: numbers and arithmetic, strings, lists, tuples, dictionaries, {@code dict(…)} and names that
 * were assigned before. Everything else is {@linkplain Node#COMPUTED computed}; nothing is executed.
 */
final class PythonExpression {
    private static final int DEEPEST = 64;
    private static final int LONGEST_RANGE = 4096;
    private static final Set<String> KEYWORDS = Set.of("if", "else", "and", "or", "not", "in", "is", "for", "lambda");

    private final PythonSource source;
    private final String text;
    private final int end;
    private final Map<String, Node.Entry> names;
    private int at;
    private int depth;

    PythonExpression(PythonSource source, int start, int end, Map<String, Node.Entry> names) {
        this.source = source;
        this.text = source.text();
        this.at = start;
        this.end = end;
        this.names = names;
    }

    /** The whole of it. */
    Node value() {
        Node value = expression();
        skip();
        return at >= end ? value : computed(value.position());
    }

    private Node expression() {
        skip();
        Position position = source.position(at);
        if (++depth > DEEPEST) {
            at = end;
            return computed(position);
        }
        Node value = arithmetic(position);
        skip();
        if (word().equals("if")) {
            value = conditional(value, position);
        } else if (!atDelimiter()) {
            toDelimiter();
            value = computed(position);
        }
        depth--;
        return value;
    }

    /** {@code a if not runlocal else b}: the flag of big_vision's files for a trial on one machine is off. */
    private Node conditional(Node yes, Position position) {
        at += 2;
        int start = at;
        while (at < end && !word().equals("else") && !atDelimiter()) {
            at += Math.max(1, word().length());
        }
        String condition = text.substring(start, at).strip();
        if (!word().equals("else")) {
            toDelimiter();
            return computed(position);
        }
        at += 4;
        Node no = expression();
        boolean local = condition.matches("(not\\s+)?(\\w+\\.)?runlocal");
        return !local ? computed(position) : condition.startsWith("not") ? yes : no;
    }

    /** Operands and operators become the text of a sum of numbers. */
    private Node arithmetic(Position position) {
        StringBuilder sum = new StringBuilder();
        Node first = operand(sum);
        boolean single = true;
        while (at < end) {
            skip();
            String operator = operator();
            if (operator.isEmpty()) {
                break;
            }
            single = false;
            at += operator.length();
            sum.append(operator);
            operand(sum);
        }
        if (single && !(first instanceof Node.Scalar scalar && !scalar.quoted())) {
            return first;
        }
        Double value = Arithmetic.of(sum.toString());
        return value == null ? single ? first : computed(position) : new Node.Scalar(position, plain(value), false);
    }

    private String operator() {
        for (String operator : List.of("**", "//", "+", "-", "*", "/", "%")) {
            if (text.startsWith(operator, at)) {
                return operator;
            }
        }
        return "";
    }

    private Node operand(StringBuilder sum) {
        skip();
        Position position = source.position(Math.min(at, text.length()));
        while (at < end && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            sum.append(text.charAt(at++));
            skip();
        }
        Node value = at < end ? atom(position) : computed(position);
        sum.append(value instanceof Node.Scalar scalar && !scalar.quoted() ? "(" + scalar.text() + ")" : "?");
        return value;
    }

    private Node atom(Position position) {
        char c = text.charAt(at);
        return switch (c) {
            case '(' -> parenthesised(position);
            case '[' -> new Node.Sequence(position, items(']'));
            case '{' -> new Node.Mapping(position, pairs());
            case '"', '\'' -> string(position);
            default -> Character.isDigit(c) || c == '.' ? number(position) : named(position);
        };
    }

    private Node parenthesised(Position position) {
        int open = at;
        List<Node> items = items(')');
        boolean tuple = items.size() != 1
                || text.substring(open, at).replaceAll("[\\s)]+$", "").endsWith(",");
        return tuple ? new Node.Sequence(position, items) : items.getFirst();
    }

    private List<Node> items(char close) {
        at++;
        List<Node> items = new ArrayList<>();
        while (!closes(close)) {
            items.add(expression());
            comma(close);
        }
        return items;
    }

    private Map<String, Node.Entry> pairs() {
        at++;
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        while (!closes('}')) {
            if (spread(entries, '}')) {
                continue;
            }
            Position position = source.position(at);
            Node key = expression();
            if (at < end && text.charAt(at) == ':') {
                at++;
                Node value = expression();
                entries.put(key instanceof Node.Scalar scalar ? scalar.text() : "?", new Node.Entry(position, value));
            }
            comma('}');
        }
        return entries;
    }

    /** {@code **other} in a dictionary or a call. */
    private boolean spread(Map<String, Node.Entry> entries, char close) {
        if (!text.startsWith("**", at)) {
            return false;
        }
        at += 2;
        if (expression() instanceof Node.Mapping mapping) {
            entries.putAll(mapping.entries());
        }
        comma(close);
        return true;
    }

    private Node string(Position position) {
        StringBuilder value = new StringBuilder();
        do {
            int close = Math.min(source.afterString(at), end);
            int quotes = text.startsWith(text.substring(at, at + 1).repeat(3), at) ? 3 : 1;
            value.append(text, Math.min(at + quotes, close), Math.max(at + quotes, close - quotes));
            at = close;
            skip();
        } while (at < end && (text.charAt(at) == '"' || text.charAt(at) == '\''));
        return new Node.Scalar(position, value.toString(), true);
    }

    private Node number(Position position) {
        int start = at;
        while (at < end && isNumberPart(start)) {
            at++;
        }
        return new Node.Scalar(position, text.substring(start, at).replace("_", ""), false);
    }

    private boolean isNumberPart(int start) {
        char c = text.charAt(at);
        boolean sign = (c == '+' || c == '-') && at > start && Character.toLowerCase(text.charAt(at - 1)) == 'e';
        return Character.isLetterOrDigit(c) || c == '.' || c == '_' || sign;
    }

    private Node named(Position position) {
        String name = dotted();
        if (name.isEmpty() || KEYWORDS.contains(name)) {
            toDelimiter();
            return computed(position);
        }
        if (name.length() <= 2 && at < end && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
            Node string = string(position);
            return name.toLowerCase(Locale.ROOT).contains("f") ? computed(position) : string;
        }
        skip();
        if (at < end && text.charAt(at) == '(') {
            return call(name, position);
        }
        if (at < end && text.charAt(at) == '[') {
            items(']');
            return computed(position);
        }
        return switch (name) {
            case "True", "False", "None" -> new Node.Scalar(position, name, false);
            default -> PythonNames.get(names, name).orElseGet(() -> computed(position));
        };
    }

    /** {@code dict(a=1)} and what is made of it; any other call is not followed, but its keywords are read. */
    private Node call(String function, Position position) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        List<Node> positional = new ArrayList<>();
        at++;
        while (!closes(')')) {
            if (spread(entries, ')')) {
                continue;
            }
            Position key = source.position(at);
            int start = at;
            String keyword = dotted();
            skip();
            boolean keyed = !keyword.isEmpty() && at < end && text.charAt(at) == '=' && !text.startsWith("==", at);
            at = keyed ? at + 1 : start;
            Node value = expression();
            if (keyed) {
                entries.put(keyword, new Node.Entry(key, value));
            } else if (value instanceof Node.Mapping mapping) {
                entries.putAll(mapping.entries());
            } else {
                positional.add(value);
            }
            comma(')');
        }
        if (function.equals("range")) {
            return range(position, positional);
        }
        boolean constant = function.equals("dict")
                || function.endsWith("ConfigDict")
                || function.endsWith("parse_arg")
                || function.endsWith("Config");
        return constant ? new Node.Mapping(position, entries) : computed(position);
    }

    /** Of a few whole numbers. */
    private static Node range(Position position, List<Node> ends) {
        List<Long> numbers = new ArrayList<>();
        for (Node end : ends) {
            if (!(end instanceof Node.Scalar scalar) || !scalar.text().matches("\\d{1,9}")) {
                return computed(position);
            }
            numbers.add(Long.valueOf(scalar.text()));
        }
        long from = numbers.size() == 2 ? numbers.getFirst() : 0;
        long to = numbers.isEmpty() ? -1 : numbers.getLast();
        return numbers.size() > 2 || to < from || to - from > LONGEST_RANGE
                ? computed(position)
                : new Node.Sequence(
                        position,
                        LongStream.range(from, to)
                                .mapToObj(number -> (Node) new Node.Scalar(position, Long.toString(number), false))
                                .toList());
    }

    private String dotted() {
        int start = at;
        while (at < end && (Character.isJavaIdentifierPart(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        return text.substring(start, at);
    }

    private String word() {
        int stop = at;
        while (stop < end && Character.isJavaIdentifierPart(text.charAt(stop))) {
            stop++;
        }
        return text.substring(Math.min(at, end), stop);
    }

    private boolean closes(char close) {
        skip();
        if (at >= end) {
            return true;
        }
        if (text.charAt(at) == close) {
            at++;
            return true;
        }
        return false;
    }

    /** Past the comma, or past whatever stands where one should: a bracket of another kind must not hold the reading up. */
    private void comma(char close) {
        skip();
        if (at < end && text.charAt(at) != close) {
            at++;
        }
    }

    private boolean atDelimiter() {
        return at >= end || ",:)]};".indexOf(text.charAt(at)) >= 0;
    }

    private void toDelimiter() {
        int nesting = 0;
        while (at < end && (nesting > 0 || !atDelimiter())) {
            char c = text.charAt(at);
            if (c == '"' || c == '\'') {
                at = Math.min(end, source.afterString(at));
                continue;
            }
            nesting += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            at++;
        }
    }

    private void skip() {
        while (at < end) {
            char c = text.charAt(at);
            if (c == '#') {
                at = Math.min(end, source.endOfLine(at));
            } else if (Character.isWhitespace(c) || c == '\\') {
                at++;
            } else {
                return;
            }
        }
    }

    private static Node computed(Position position) {
        return new Node.Scalar(position, Node.COMPUTED, false);
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
