package dev.wane.formats.tree;

import dev.wane.formats.problem.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The arguments of a shell script: every {@code --key value} in it, whether in an array or on a command, with simple
 * variables and {@code $((…))} put in. Nothing is executed; what a command would print stays unknown, and so does what two
 * commands or two branches say differently. What is started stands under {@link #COMMAND}.
 */
final class ShellTree {
    /** The words before a command's first argument; no argument can have this name. */
    static final String COMMAND = "$command";

    private static final Pattern KEY = Pattern.compile("--.|-[A-Za-z]");
    /** {@code -j8}. */
    private static final Pattern GLUED = Pattern.compile("-([A-Za-z])(\\d+)");

    private static final Pattern ASSIGNMENT =
            Pattern.compile("^(?:(?:export|local|readonly|declare)\\s+(?:-\\w+\\s+)*)?([A-Za-z_]\\w*)(\\+?)=(.*)$");
    /** {@code NPROC_PER_NODE=8 swift sft …}: a variable for one command. */
    private static final Pattern PREFIX = Pattern.compile(
            "^[A-Za-z_]\\w*=(?:\"[^\"]*+\"|'[^']*+'|\\$\\([^)]*+\\)++|[^\\s\"'])*+\\s+([A-Za-z./$].*)$");

    private static final Pattern LOOP = Pattern.compile("^for\\s+([A-Za-z_]\\w*)\\s+in\\s+(.*)$");
    private static final Pattern NUMBERS = Pattern.compile("[(\\[][-+0-9.,eE\\s]+[)\\]]");
    private static final Pattern FROM_OUTSIDE = Pattern.compile("\\$[\\w{(@]");
    private static final Pattern REDIRECTION = Pattern.compile("[0-9]*[<>]|&");
    private static final Pattern TRAINS =
            Pattern.compile("(?i)lr|.*learning[-_]rate|.*weight[-_]decay|optim(izer)?|.*batch[-_]size");
    private static final Pattern MAXTEXT =
            Pattern.compile("(?i)(.*/)?maxtext([./]\\w+)*[./](train|sft_trainer)(\\.py)?");
    private static final String END = ";";

    private final String name;
    private final ShellVariables variables = new ShellVariables();
    private final ShellBranches branches = new ShellBranches();
    private final Map<String, Node.Entry> arguments = new LinkedHashMap<>();

    /** The array that is being written, and whether every run writes it. */
    private boolean inArray;

    private boolean everyRun = true;

    /** The line before ended in a backslash: what looks like a variable is an argument. */
    private boolean goesOn;

    private record Word(String text, boolean whole, int line, int column, boolean certain) {
        Word(String text, boolean whole, int line, int column) {
            this(text, whole, line, column, true);
        }

        Word with(String other) {
            return new Word(other, false, line, column, certain);
        }
    }

    private ShellTree(String name) {
        this.name = name;
    }

    static Node parse(String name, String text) {
        ShellTree tree = new ShellTree(name);
        List<Word> words = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            String code = ShellWords.withoutComment(line);
            for (String statement : ShellWords.statements(code)) {
                tree.statement(statement, code, number, words);
            }
        }
        tree.collect(words);
        return new Node.Mapping(new Position(name, 1, 1), tree.arguments);
    }

    private void statement(String written, String line, int number, List<Word> words) {
        String statement = branches.plain(written);
        boolean argument = goesOn;
        Matcher prefix = PREFIX.matcher(statement);
        if (!argument && prefix.matches()) {
            statement(prefix.group(1), line, number, words);
            return;
        }
        Matcher assignment = ASSIGNMENT.matcher(statement);
        Matcher loop = LOOP.matcher(statement);
        boolean sets = !argument && assignment.matches() && !assignment.group(3).startsWith("(");
        goesOn = !sets && statement.endsWith("\\");
        if (sets) {
            assign(assignment);
        } else if (loop.matches()) {
            boolean one = !loop.group(2).strip().contains(" ") && !loop.group(2).contains("$");
            variables.assign(loop.group(1), one ? loop.group(2).strip() : Node.COMPUTED, true);
        } else if (!statement.startsWith("echo ") && !statement.startsWith("printf ")) {
            List<ShellWords.Word> expanded = ShellWords.of(variables.expand(statement));
            List<Integer> columns = columns(line, ShellWords.of(statement), expanded);
            if (!argument && assignment.matches()) {
                inArray = true;
                everyRun = branches.certain(assignment.group(1));
            }
            for (int i = 0; i < expanded.size(); i++) {
                ShellWords.Word word = expanded.get(i);
                words.add(new Word(word.text(), word.whole(), number, columns.get(i), !inArray || everyRun));
            }
            inArray &= !statement.strip().endsWith(")");
        }
        if (!statement.endsWith("\\")) {
            words.add(new Word(END, false, number, 1));
        }
    }

    /** Each word behind the one before it, as it is written; a variable that holds several words moves those behind it. */
    private static List<Integer> columns(String line, List<ShellWords.Word> written, List<ShellWords.Word> expanded) {
        List<ShellWords.Word> sought = written.size() == expanded.size() ? written : expanded;
        List<Integer> columns = new ArrayList<>();
        int from = 0;
        for (ShellWords.Word word : sought) {
            int at = line.indexOf(word.text(), from);
            columns.add(Math.max(0, at < 0 ? line.indexOf(word.text()) : at) + 1);
            from = at < 0 ? from : at + word.text().length();
        }
        return columns;
    }

    private void assign(Matcher assignment) {
        String variable = assignment.group(1);
        String written = assignment.group(3).replaceFirst("\\\\$", "").strip();
        String value = variables.expand(ShellWords.unquoted(written));
        if (assignment.group(2).isEmpty()) {
            variables.assign(variable, value, branches.certain(variable));
        } else {
            variables.append(variable, value, branches.certain(variable));
        }
    }

    /** A quoted string may hold several arguments, as {@code GPT_ARGS="--lr 1e-4 …"} does. */
    private void collect(List<Word> words) {
        List<Word> flat = new ArrayList<>();
        variables.values().forEach((key, value) -> {
            if (value.contains("--")) {
                split(new Word(value, false, 1, 1), flat);
                flat.add(new Word(END, false, 1, 1));
            }
        });
        words.forEach(word -> split(word, flat));
        for (int i = 0; i < flat.size(); i++) {
            if (isKey(flat.get(i).text())) {
                argument(flat, i);
            }
        }
        inOneCommandAlone(flat).forEach(this::doubt);
        inOneBranchAlone(flat).forEach(this::doubt);
        variables.doubtful().forEach(this::doubtfulArguments);
        command(flat);
        commands(flat).forEach(this::keyed);
    }

    /** {@code yolo detect train batch=16 lr0=0.01} and MaxText's training: arguments without dashes. */
    private void keyed(List<Word> command) {
        boolean yolo = !command.isEmpty() && command.getFirst().text().matches("(.*/)?yolo");
        if (!yolo && !isMaxText(command)) {
            return;
        }
        Position at = position(command.getFirst());
        String started = command.stream().map(Word::text).collect(Collectors.joining(" "));
        arguments.put(COMMAND, new Node.Entry(at, new Node.Scalar(at, started, true)));
        command.stream()
                .filter(word -> word.text().matches("[^=]*\\.ya?ml"))
                .findFirst()
                .ifPresent(base ->
                        arguments.put("base_config", new Node.Entry(position(base), scalar(base.text(), base))));
        for (Word word : command) {
            int equals = word.text().indexOf('=');
            if (equals > 0) {
                Node value = scalar(word.text().substring(equals + 1), word);
                arguments.put(word.text().substring(0, equals), new Node.Entry(position(word), value));
            }
        }
    }

    /** With its rate and its length: where they stand elsewhere, the rest may too. */
    private static boolean isMaxText(List<Word> command) {
        return command.stream().anyMatch(word -> MAXTEXT.matcher(word.text()).matches())
                && command.stream().anyMatch(word -> word.text().startsWith("learning_rate="))
                && command.stream().anyMatch(word -> word.text().startsWith("steps="));
    }

    /** {@code --batch-size}, {@code -b} and {@code -lr}, but not the number {@code -1}. */
    private static boolean isKey(String text) {
        return KEY.matcher(text).lookingAt() && !isScript(text);
    }

    private static String key(String text) {
        Matcher glued = GLUED.matcher(text);
        if (glued.matches()) {
            return glued.group(1);
        }
        int equals = text.indexOf('=');
        return text.substring(0, equals < 0 ? text.length() : equals).replaceFirst("^--?", "");
    }

    /** Of several commands that train, the keys that not all of them have: no run is known to have them together. */
    private static Set<String> inOneCommandAlone(List<Word> flat) {
        List<Set<String>> commands = commands(flat).stream()
                .filter(command ->
                        command.stream().noneMatch(word -> word.text().endsWith("=(")))
                .filter(command -> command.stream().anyMatch(word -> isScript(word.text())))
                .map(command -> command.stream()
                        .map(Word::text)
                        .filter(ShellTree::isKey)
                        .map(ShellTree::key)
                        .collect(Collectors.toCollection(LinkedHashSet::new)))
                .filter(keys ->
                        keys.stream().anyMatch(key -> TRAINS.matcher(key).matches()))
                .collect(Collectors.toList());
        Set<String> alone = new LinkedHashSet<>();
        commands.forEach(alone::addAll);
        return alone.stream()
                .filter(key -> !commands.stream().allMatch(command -> command.contains(key)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Keys that stand once, in an array that only some runs write. */
    private static Set<String> inOneBranchAlone(List<Word> flat) {
        Map<String, List<Word>> byKey = flat.stream()
                .filter(word -> isKey(word.text()))
                .collect(Collectors.groupingBy(word -> key(word.text()), LinkedHashMap::new, Collectors.toList()));
        return byKey.entrySet().stream()
                .filter(entry -> entry.getValue().size() == 1
                        && !entry.getValue().getFirst().certain())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static List<List<Word>> commands(List<Word> flat) {
        List<List<Word>> commands = new ArrayList<>();
        commands.add(new ArrayList<>());
        for (Word word : flat) {
            if (word.text().equals(END)) {
                commands.add(new ArrayList<>());
            } else {
                commands.getLast().add(word);
            }
        }
        return commands;
    }

    /** What the last command with arguments starts. */
    private void command(List<Word> flat) {
        for (List<Word> words : commands(flat)) {
            boolean arguments = words.stream().anyMatch(word -> isKey(word.text()));
            String started = Stream.concat(
                            words.stream().map(Word::text).takeWhile(text -> !text.startsWith("-")),
                            words.stream()
                                    .map(Word::text)
                                    .dropWhile(text -> !text.startsWith("-"))
                                    .filter(ShellTree::isScript))
                    .collect(Collectors.joining(" "));
            if (arguments && !started.isEmpty()) {
                Position position = position(words.getFirst());
                this.arguments.put(COMMAND, new Node.Entry(position, new Node.Scalar(position, started, true)));
            }
        }
    }

    private void doubtfulArguments(String value) {
        List<Word> words = new ArrayList<>();
        split(new Word(value, false, 1, 1), words);
        words.stream()
                .map(Word::text)
                .filter(ShellTree::isKey)
                .map(ShellTree::key)
                .forEach(this::doubt);
    }

    private void doubt(String key) {
        Position position = arguments.containsKey(key) ? arguments.get(key).keyPosition() : new Position(name, 1, 1);
        arguments.put(key, new Node.Entry(position, new Node.Scalar(position, Node.COMPUTED, false)));
    }

    /** The end of an array and the beginning of another end the values of an argument. */
    private void split(Word word, List<Word> flat) {
        if (word.whole() || NUMBERS.matcher(word.text()).matches()) {
            flat.add(word);
            return;
        }
        for (String part : variables.expand(word.text()).strip().split("\\s+", -1)) {
            boolean last = part.endsWith(")") && !part.contains("(");
            String text = part.replaceAll("[)\\\\]+$", "");
            if (part.matches("[A-Za-z_]\\w*=\\(.*")) {
                flat.add(word.with(END));
                text = part.substring(part.indexOf('(') + 1);
            }
            if (!text.isEmpty()) {
                flat.add(word.with(text));
            }
            if (last) {
                flat.add(word.with(END));
            }
        }
    }

    private void argument(List<Word> words, int at) {
        Word key = words.get(at);
        List<Node> values = values(words, at);
        Node value = values.isEmpty()
                ? scalar("true", key)
                : values.size() == 1
                        ? values.getFirst()
                        : new Node.Sequence(values.getFirst().position(), values);
        Node.Entry before = arguments.get(key(key.text()));
        boolean twice = before != null && !before.value().kind().equals(value.kind());
        arguments.put(
                key(key.text()),
                new Node.Entry(position(key), twice ? new Node.Scalar(position(key), Node.COMPUTED, false) : value));
    }

    private List<Node> values(List<Word> words, int at) {
        List<Node> values = new ArrayList<>();
        Matcher glued = GLUED.matcher(words.get(at).text());
        if (glued.matches()) {
            values.add(scalar(glued.group(2), words.get(at)));
            return values;
        }
        int equals = words.get(at).text().indexOf('=');
        if (equals > 0) {
            values.add(scalar(words.get(at).text().substring(equals + 1), words.get(at)));
            return values;
        }
        for (int i = at + 1; i < words.size() && isValue(words.get(i).text()); i++) {
            String text = words.get(i).text();
            if (!values.isEmpty() && (isScript(text) || text.startsWith("$"))) {
                break;
            }
            values.add(scalar(text, words.get(i)));
        }
        return values;
    }

    /** A launcher's last option is followed by what it launches. */
    private static boolean isScript(String text) {
        return text.endsWith(".py") || text.equals("-m");
    }

    private static boolean isValue(String text) {
        return !isKey(text)
                && !text.equals("--")
                && !text.equals("&&")
                && !text.equals("|")
                && !text.equals(END)
                && (text.equals(Node.COMPUTED) || !REDIRECTION.matcher(text).lookingAt());
    }

    /** What a variable from outside holds is not known. */
    private Node scalar(String text, Word word) {
        String known = FROM_OUTSIDE.matcher(text).find() ? Node.COMPUTED : text;
        return new Node.Scalar(position(word), known, false);
    }

    private Position position(Word word) {
        return new Position(name, word.line(), word.column());
    }
}
