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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The arguments among the words of a shell script's commands, arrays and variables. */
final class ShellArguments {
    /** Ends a command. */
    static final String END = ";";

    private static final Pattern KEY = Pattern.compile("--.|-[A-Za-z]");

    /** {@code -j8}. */
    private static final Pattern GLUED = Pattern.compile("-([A-Za-z])(\\d+)");

    private static final Pattern NUMBERS = Pattern.compile("[(\\[][-+0-9.,eE\\s]+[)\\]]");

    private static final Pattern FROM_OUTSIDE = Pattern.compile("\\$[\\w{(@]");

    private static final Pattern REDIRECTION = Pattern.compile("[0-9]*[<>]|&");

    private static final Pattern TRAINS = Pattern.compile(
            "(?i)lr|.*learning[-_]rate|.*weight[-_]decay|optim(izer)?|(?!.*(?:eval|val|test|infer))(?:.*[-_])?batch[-_]size.*");

    private static final Pattern MAXTEXT =
            Pattern.compile("(?i)(.*/)?maxtext([./]\\w+)*[./](train|sft_trainer)(\\.py)?");

    private static final Pattern ARRAY = Pattern.compile("[A-Za-z_]\\w*\\+?=\\(.*");

    /** Programs that take the processes of a node from the environment. */
    private static final Pattern BY_ENVIRONMENT =
            Pattern.compile("(\\S*/)?(swift|megatron|llamafactory-cli|xtuner)\\b.*");

    private static final Map<String, String> PROCESSES = Map.of("NPROC_PER_NODE", "nproc_per_node", "NNODES", "nnodes");

    private final String name;
    private final ShellVariables variables;
    private final Map<String, Node.Entry> arguments = new LinkedHashMap<>();
    private final Map<String, String> owners = new LinkedHashMap<>();

    ShellArguments(String name, ShellVariables variables) {
        this.name = name;
        this.variables = variables;
    }

    /**
     * A word of the script, where it stands.
     *
     * @param whole whether quotes keep it together though it holds spaces
     * @param certain whether every run has it
     * @param array which one it is in; empty where it is in none
     */
    record Word(String text, boolean whole, int line, int column, boolean certain, String array) {
        Word(String text, boolean whole, int line, int column) {
            this(text, whole, line, column, true, "");
        }

        Word with(String other) {
            return new Word(other, false, line, column, certain, array);
        }
    }

    /** A quoted string may hold several arguments, as {@code GPT_ARGS="--lr 1e-4 …"} does. */
    Map<String, Node.Entry> of(List<Word> words) {
        List<Word> flat = new ArrayList<>();
        variables.values().forEach((key, value) -> {
            if (value.contains("--")) {
                split(new Word(value, false, 1, 1), flat);
                flat.add(new Word(END, false, 1, 1));
            }
        });
        words.forEach(word -> split(word, flat));
        int command = 0;
        for (int i = 0; i < flat.size(); i++) {
            command += flat.get(i).text().equals(END) ? 1 : 0;
            if (isKey(flat.get(i).text())) {
                argument(
                        flat,
                        i,
                        flat.get(i).array().isEmpty()
                                ? "command " + command
                                : flat.get(i).array());
            }
        }
        inOneCommandAlone(flat).forEach(this::doubt);
        inOneBranchAlone(flat).forEach(this::doubt);
        variables.doubtful().forEach(this::doubtfulArguments);
        command(flat);
        PROCESSES.forEach(this::processes);
        commands(flat).forEach(this::keyed);
        return arguments;
    }

    private void processes(String variable, String key) {
        Node.Entry started = arguments.get(ShellTree.COMMAND);
        if (started != null
                && variables.isSet(variable)
                && BY_ENVIRONMENT.matcher(text(started)).matches()) {
            Position at = started.keyPosition();
            String value = variables.expand("$" + variable);
            arguments.putIfAbsent(key, new Node.Entry(at, new Node.Scalar(at, value, false)));
        }
    }

    private static String text(Node.Entry started) {
        return started.value() instanceof Node.Scalar scalar ? scalar.text() : "";
    }

    /** {@code yolo detect train batch=16 lr0=0.01} and MaxText's training: arguments without dashes. */
    private void keyed(List<Word> command) {
        boolean yolo = !command.isEmpty() && command.getFirst().text().matches("(.*/)?yolo");
        if (!yolo && !isMaxText(command)) {
            return;
        }
        Position at = position(command.getFirst());
        String started = command.stream().map(Word::text).collect(Collectors.joining(" "));
        arguments.put(ShellTree.COMMAND, new Node.Entry(at, new Node.Scalar(at, started, true)));
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
                        .filter(ShellArguments::isKey)
                        .map(ShellArguments::key)
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

    /** Keys of an array that only some runs write, where it stands alone or says something else than the others. */
    private Set<String> inOneBranchAlone(List<Word> flat) {
        Map<String, List<Integer>> byKey = IntStream.range(0, flat.size())
                .boxed()
                .filter(at -> isKey(flat.get(at).text()))
                .collect(
                        Collectors.groupingBy(at -> key(flat.get(at).text()), LinkedHashMap::new, Collectors.toList()));
        return byKey.entrySet().stream()
                .filter(entry ->
                        entry.getValue().stream().anyMatch(at -> !flat.get(at).certain()))
                .filter(entry -> entry.getValue().size() == 1
                        || entry.getValue().stream()
                                        .map(at -> texts(flat, at))
                                        .distinct()
                                        .count()
                                > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<String> texts(List<Word> words, int at) {
        return values(words, at).stream()
                .map(value -> value instanceof Node.Scalar scalar ? scalar.text() : "")
                .toList();
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

    /** What the last command starts that trains by its arguments, or else may by its name, or else has any. */
    private void command(List<Word> flat) {
        int best = 0;
        for (List<Word> words : commands(flat)) {
            boolean arguments = words.stream().anyMatch(word -> isKey(word.text())) || fromArrays(words);
            String started = Stream.concat(
                            words.stream()
                                    .map(Word::text)
                                    .takeWhile(text -> !text.startsWith("-"))
                                    .filter(text -> !text.startsWith("$")),
                            words.stream()
                                    .map(Word::text)
                                    .dropWhile(text -> !text.startsWith("-"))
                                    .filter(ShellArguments::isScript))
                    .collect(Collectors.joining(" "));
            int rank = !arguments || started.isEmpty() ? -1 : rank(words, started);
            if (rank >= best) {
                best = rank;
                Position position = position(words.getFirst());
                this.arguments.put(
                        ShellTree.COMMAND, new Node.Entry(position, new Node.Scalar(position, started, true)));
            }
        }
    }

    /** {@code python train.py "${ARGS[@]}"}. */
    private static boolean fromArrays(List<Word> words) {
        return words.stream().anyMatch(word -> word.text().startsWith("${"))
                && words.stream()
                        .anyMatch(word -> isScript(word.text()) || word.text().equals("swift"));
    }

    private static int rank(List<Word> words, String started) {
        boolean trains = words.stream()
                .map(Word::text)
                .filter(ShellArguments::isKey)
                .map(ShellArguments::key)
                .anyMatch(key -> TRAINS.matcher(key).matches());
        return trains ? 2 : StartedProgram.mayTrain(started) ? 1 : 0;
    }

    private void doubtfulArguments(String value) {
        List<Word> words = new ArrayList<>();
        split(new Word(value, false, 1, 1), words);
        words.stream()
                .map(Word::text)
                .filter(ShellArguments::isKey)
                .map(ShellArguments::key)
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
            if (ARRAY.matcher(part).matches()) {
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

    /** Of one command, or of one array and what is put behind it, the last counts. */
    private void argument(List<Word> words, int at, String owner) {
        Word key = words.get(at);
        List<Node> values = values(words, at);
        Node value = values.isEmpty()
                ? scalar("true", key)
                : values.size() == 1
                        ? values.getFirst()
                        : new Node.Sequence(values.getFirst().position(), values);
        Node.Entry before = arguments.get(key(key.text()));
        boolean twice = before != null
                && !before.value().kind().equals(value.kind())
                && !owner.equals(owners.get(key(key.text())));
        owners.put(key(key.text()), owner);
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
