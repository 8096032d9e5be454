package dev.wane.formats.tree;

import dev.wane.formats.problem.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The arguments of a shell script: every {@code --key value} in it, whether in an array or on a command, with simple
 * variables and {@code $((…))} put in. Nothing is executed; what a command would print stays unknown.
 */
final class ShellTree {
    private static final Pattern ASSIGNMENT = Pattern.compile("^(?:export\\s+)?([A-Za-z_]\\w*)=(.*)$");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_]\\w*)(?::?-([^}]*))?}?");
    private static final Pattern ARITHMETIC = Pattern.compile("\\$\\(\\(([^()]*)\\)\\)");
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]++|\\\\.)*+)\"|'([^']*+)'|([^\\s\"']++)");
    private static final Pattern APPEND = Pattern.compile("^(?:export\\s+|local\\s+)?([A-Za-z_]\\w*)\\+=(.*)$");
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
    private static final Pattern NUMBERS = Pattern.compile("[(\\[][-+0-9.,eE\\s]+[)\\]]");
    private static final Pattern REDIRECTION = Pattern.compile("[0-9]*[<>]|&");
    private static final int MOST_EXPANSIONS = 20;
    private static final int LONGEST = 1 << 16;
    private static final String END = ";";
    /** Two commands in one script, perhaps: neither value can be said to be the one. */
    private static final String TWICE = "given twice";

    private final String name;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Map<String, Node.Entry> arguments = new LinkedHashMap<>();

    private record Word(String text, int line, int column) {}

    private ShellTree(String name) {
        this.name = name;
    }

    static Node parse(String name, String text) {
        ShellTree tree = new ShellTree(name);
        List<Word> words = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            tree.line(withoutComment(line), number, words);
        }
        tree.collect(words);
        return new Node.Mapping(new Position(name, 1, 1), tree.arguments);
    }

    /** A comment begins at a # that stands alone or at the beginning of a word. */
    private static String withoutComment(String line) {
        Matcher comment = COMMENT.matcher(line);
        return comment.find() ? line.substring(0, comment.start()) : line;
    }

    private void line(String line, int number, List<Word> words) {
        Matcher append = APPEND.matcher(line.strip());
        if (append.matches() && !append.group(2).startsWith("(")) {
            variables.merge(append.group(1), expand(unquoted(append.group(2).strip())), ShellTree::joined);
            return;
        }
        Matcher assignment = ASSIGNMENT.matcher(line.strip());
        if (assignment.matches() && !assignment.group(2).startsWith("(")) {
            assign(assignment.group(1), expand(unquoted(assignment.group(2).strip())));
            return;
        }
        Matcher word = WORD.matcher(expand(line));
        while (word.find()) {
            String text = word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3);
            words.add(new Word(text, number, Math.max(0, line.indexOf(text)) + 1));
        }
        if (!line.stripTrailing().endsWith("\\")) {
            words.add(new Word(END, number, 1));
        }
    }

    private static String joined(String before, String more) {
        return before.length() + more.length() > LONGEST ? TWICE : before + (more.startsWith("-") ? " " : "") + more;
    }

    /** A variable that two branches set differently has no value that can be said to be the one. */
    private void assign(String variable, String value) {
        String before = variables.putIfAbsent(variable, value);
        boolean grows = before != null && !before.isBlank() && value.startsWith(before + " ");
        if (grows) {
            variables.put(variable, value);
        } else if (before != null && !before.equals(value)) {
            variables.put(variable, TWICE);
        }
    }

    private static String unquoted(String text) {
        Matcher word = WORD.matcher(text);
        if (!word.find()) {
            return text;
        }
        return word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : text;
    }

    /** A quoted string may hold several arguments, as {@code GPT_ARGS="--lr 1e-4 …"} does. */
    private void collect(List<Word> words) {
        List<Word> flat = new ArrayList<>();
        variables.forEach((key, value) -> {
            if (value.contains("--")) {
                split(new Word(value, 1, 1), flat);
                flat.add(new Word(END, 1, 1));
            }
        });
        words.forEach(word -> split(word, flat));
        for (int i = 0; i < flat.size(); i++) {
            if (flat.get(i).text().startsWith("--") && flat.get(i).text().length() > 2) {
                argument(flat, i);
            }
        }
    }

    /** The end of an array and the beginning of another end the values of an argument. */
    private void split(Word word, List<Word> flat) {
        if (NUMBERS.matcher(word.text()).matches()) {
            flat.add(word);
            return;
        }
        for (String part : expand(word.text()).strip().split("\\s+", -1)) {
            boolean last = part.endsWith(")") && !part.contains("(");
            String text = part.replaceAll("[)\\\\]+$", "");
            if (part.matches("[A-Za-z_]\\w*=\\(.*")) {
                flat.add(new Word(END, word.line(), word.column()));
                text = part.substring(part.indexOf('(') + 1);
            }
            if (!text.isEmpty()) {
                flat.add(new Word(text, word.line(), word.column()));
            }
            if (last) {
                flat.add(new Word(END, word.line(), word.column()));
            }
        }
    }

    private void argument(List<Word> words, int at) {
        Word key = words.get(at);
        List<Node> values = new ArrayList<>();
        int equals = key.text().indexOf('=');
        if (equals > 0) {
            values.add(scalar(key.text().substring(equals + 1), key));
        }
        for (int i = at + 1;
                equals < 0
                        && i < words.size()
                        && isValue(words.get(i).text())
                        && (values.isEmpty() || !isScript(words.get(i).text()));
                i++) {
            values.add(scalar(words.get(i).text(), words.get(i)));
        }
        Node value = values.isEmpty()
                ? scalar("true", key)
                : values.size() == 1
                        ? values.getFirst()
                        : new Node.Sequence(values.getFirst().position(), values);
        String name = key.text().substring(2, equals < 0 ? key.text().length() : equals);
        Node.Entry before = arguments.get(name);
        boolean twice = before != null && !before.value().kind().equals(value.kind());
        arguments.put(name, new Node.Entry(position(key), twice ? new Node.Scalar(position(key), TWICE, true) : value));
    }

    /** A launcher's last option is followed by what it launches. */
    private static boolean isScript(String text) {
        return text.endsWith(".py") || text.equals("-m");
    }

    private static boolean isValue(String text) {
        return !text.startsWith("--")
                && !text.equals("&&")
                && !text.equals("|")
                && !text.equals(END)
                && !REDIRECTION.matcher(text).lookingAt();
    }

    private Node scalar(String text, Word word) {
        return new Node.Scalar(position(word), text, false);
    }

    private Position position(Word word) {
        return new Position(name, word.line(), word.column());
    }

    /** Variables that the script sets, their defaults, and arithmetic; a variable from outside stays as it is written. */
    private String expand(String text) {
        String expanded = text;
        for (int i = 0; i < MOST_EXPANSIONS; i++) {
            String next = replaceVariables(expanded);
            next = replaceArithmetic(next);
            if (next.equals(expanded)) {
                break;
            }
            expanded = next;
        }
        return expanded;
    }

    /** The text as it was where variables that name each other would make it endless. */
    private String replaceVariables(String text) {
        StringBuilder replaced = new StringBuilder();
        Matcher variable = VARIABLE.matcher(text);
        while (variable.find() && replaced.length() < LONGEST) {
            String fallback = variable.group(2) == null ? variable.group() : variable.group(2);
            String value = variables.getOrDefault(variable.group(1), fallback);
            variable.appendReplacement(replaced, Matcher.quoteReplacement(value));
        }
        return variable.appendTail(replaced).length() > LONGEST ? text : replaced.toString();
    }

    /** Inside {@code $((…))} names need no dollar. */
    private String replaceArithmetic(String text) {
        return ARITHMETIC.matcher(text).replaceAll(match -> {
            String named = NAME.matcher(match.group(1))
                    .replaceAll(word -> Matcher.quoteReplacement(variables.getOrDefault(word.group(), word.group())));
            Double value = Arithmetic.whole(named);
            return Matcher.quoteReplacement(value == null ? match.group() : Long.toString(value.longValue()));
        });
    }
}
