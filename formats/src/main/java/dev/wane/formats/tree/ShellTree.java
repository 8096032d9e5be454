package dev.wane.formats.tree;

import dev.wane.formats.problem.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The arguments of a shell script: every {@code --key value} in it, whether in an array or on a command, with simple
 * variables and {@code $((…))} put in. Nothing is executed; what a command would print stays unknown, and so does what two
 * commands or two branches say differently. What is started stands under {@link #COMMAND}.
 */
final class ShellTree {
    /** The words before a command's first argument; no argument can have this name. */
    static final String COMMAND = "$command";

    private static final Pattern ASSIGNMENT =
            Pattern.compile("^(?:(?:export|local|readonly|declare)\\s+(?:-\\w+\\s+)*)?([A-Za-z_]\\w*)(\\+?)=(.*)$");
    /** {@code NPROC_PER_NODE=8 swift sft …}: a variable for one command. */
    private static final Pattern PREFIX = Pattern.compile(
            "^[A-Za-z_]\\w*=(?!\\()(?:\"[^\"]*+\"|'[^']*+'|\\$\\([^)]*+\\)++|[^\\s\"'])*+\\s+([A-Za-z./$].*)$");

    /** {@code [ "$BIG" ] && ARGS+=(…)}: what some runs do. */
    private static final Pattern CONDITIONAL =
            Pattern.compile("^(\\[\\[?.*?\\s\\]\\]?|test\\s.*?|\\(\\(.*?\\)\\))\\s*(&&|\\|\\|)\\s*([A-Za-z_].*)$");

    private static final int MOST_CONDITIONS = 20;
    private static final int MOST_PREFIXES = 100;

    /** {@code ${X:+--flag value}}, words that depend on another variable. */
    private static final Pattern ALTERNATIVE = Pattern.compile("\\$\\{(\\w+):?\\+([^{}]*)}");
    /** {@code source settings.sh}, but no environment's. */
    private static final Pattern SOURCE = Pattern.compile(
            "^(?:source|\\.)\\s+(?i)(?!.*(?:activate|rc\\b|profile|conda|module|setvars|env\\b|secret|token))\\S.*");

    /** {@code cat > file <<EOF}: the lines up to that word are a file's, and no commands. */
    private static final Pattern WRITTEN =
            Pattern.compile("^\\s*(?:cat|tee|:|python3?|envsubst)\\b?[^<]*<<-?\\s*[\"'\\\\]?([A-Za-z_]\\w*)");

    /** {@code : '}, a comment of several lines. */
    private static final Pattern COMMENTED = Pattern.compile("^\\s*:\\s+'[^']*$");

    private static final Pattern LOOP = Pattern.compile("^for\\s+([A-Za-z_]\\w*)\\s+in\\s+(.*)$");

    private static final Pattern PROCESS_COUNT = Pattern.compile("\\b(NPROC_PER_NODE|NNODES)=[\"']?(\\d{1,6})\\b");

    private final ShellVariables variables = new ShellVariables();
    private final ShellBranches branches = new ShellBranches();

    /** The array that is being written, empty outside of one; and whether every run writes it. */
    private String array = "";

    private boolean everyRun = true;

    /** How many variables for one command stand before this one. */
    private int prefixes;

    /** How many arrays were begun: one of the same name may be another. */
    private int arrays;

    /** Inside a text that goes over several lines a # is a character. */
    private boolean quoted;

    /** Such a text is put into a variable, as words are into an array. */
    private boolean quotedArray;

    /** The line before ended in a backslash: what looks like a variable is an argument. */
    private boolean goesOn;

    /** A comment ended a command that seems to go on: what follows is no argument of it. */
    private boolean cutOff;

    static Node parse(String name, String text) {
        ShellTree tree = new ShellTree();
        List<ShellArguments.Word> words = new ArrayList<>();
        int number = 0;
        String ends = "";
        String[] lines = text.split("\\R", -1);
        Map<String, Integer> last = new HashMap<>();
        for (int i = 0; i < lines.length; i++) {
            last.put(lines[i].strip(), i);
        }
        for (String line : lines) {
            number++;
            if (!ends.isEmpty()) {
                ends = line.strip().equals(ends) || (ends.equals("'") && line.contains("'")) ? "" : ends;
                continue;
            }
            Matcher written = WRITTEN.matcher(line);
            boolean document = written.find() && last.getOrDefault(written.group(1), -1) >= number;
            ends = document ? written.group(1) : COMMENTED.matcher(line).find() ? "'" : "";
            String code = ShellWords.withoutComment(line, tree.quoted);
            tree.cut(line, code, words);
            for (String statement : ShellWords.statements(code)) {
                tree.statement(statement, code, number, words);
            }
            tree.endText();
        }
        Map<String, Node.Entry> arguments = new ShellArguments(name, tree.variables).of(words);
        return new Node.Mapping(new Position(name, 1, 1), arguments);
    }

    /** Behind a backslash a line that is a comment alone ends the command. */
    private void cut(String line, String code, List<ShellArguments.Word> words) {
        boolean command = goesOn && array.isEmpty() && !quoted;
        quoted ^= code.chars().filter(character -> character == '"').count() % 2 == 1;
        if (command && code.isBlank() && !line.isBlank()) {
            words.add(new ShellArguments.Word(ShellArguments.END, false, 1, 1));
            goesOn = false;
            cutOff = true;
        } else if (cutOff && !code.strip().startsWith("-")) {
            cutOff = code.isBlank();
        }
    }

    /** With its last line a text over several lines is whole. */
    private void endText() {
        if (quotedArray && !quoted) {
            quotedArray = false;
            array = "";
        }
    }

    private void statement(String written, String line, int number, List<ShellArguments.Word> words) {
        String statement = branches.plain(alternatives(written));
        boolean argument = goesOn;
        if (cutOff) {
            return;
        }
        Matcher conditional = CONDITIONAL.matcher(statement);
        if (!argument && conditional.matches() && branches.depth() < MOST_CONDITIONS) {
            branches.enter(conditional.group(1), conditional.group(2).equals("&&"));
            statement(conditional.group(3), line, number, words);
            branches.leave();
            return;
        }
        if (!argument && SOURCE.matcher(statement).matches()) {
            variables.doubtAll();
        }
        Matcher prefix = PREFIX.matcher(statement);
        if (!argument && prefixes < MOST_PREFIXES && prefix.matches()) {
            PROCESS_COUNT
                    .matcher(statement.substring(0, prefix.start(1)))
                    .results()
                    .forEach(count ->
                            variables.assign(count.group(1), count.group(2), branches.certain(count.group(1))));
            prefixes++;
            statement(prefix.group(1), line, number, words);
            prefixes--;
            return;
        }
        Matcher assignment = ASSIGNMENT.matcher(statement);
        Matcher loop = LOOP.matcher(statement);
        boolean sets = !argument && assignment.matches() && !assignment.group(3).startsWith("(");
        goesOn = !sets && statement.endsWith("\\");
        if (sets) {
            assign(assignment);
            if (quoted) {
                begin(assignment);
                quotedArray = true;
            }
        } else if (loop.matches()) {
            boolean one = !loop.group(2).strip().contains(" ") && !loop.group(2).contains("$");
            variables.assign(loop.group(1), one ? loop.group(2).strip() : Node.COMPUTED, true);
        } else if (!statement.startsWith("echo ") && !statement.startsWith("printf ")) {
            List<ShellWords.Word> expanded = ShellWords.of(variables.expand(statement));
            List<Integer> columns = columns(line, ShellWords.of(statement), expanded);
            if (!argument && assignment.matches()) {
                begin(assignment);
            }
            for (int i = 0; i < expanded.size(); i++) {
                ShellWords.Word word = expanded.get(i);
                boolean certain = array.isEmpty() || everyRun;
                words.add(new ShellArguments.Word(word.text(), word.whole(), number, columns.get(i), certain, array));
            }
            array = statement.strip().endsWith(")") && !quotedArray ? "" : array;
        }
        if (!statement.endsWith("\\")) {
            words.add(new ShellArguments.Word(ShellArguments.END, false, number, 1));
        }
    }

    /** What follows belongs to an array, or to a text over several lines. */
    private void begin(Matcher assignment) {
        arrays += assignment.group(2).isEmpty() ? 1 : 0;
        array = assignment.group(1) + arrays;
        everyRun = branches.certain(assignment.group(1));
    }

    /** Words that stand where another variable is set. */
    private String alternatives(String statement) {
        return ALTERNATIVE.matcher(statement).replaceAll(match -> {
            if (!variables.isSet(match.group(1))) {
                variables.doubtful().add(variables.expand(match.group(2)));
                return "";
            }
            String value = variables.expand("$" + match.group(1));
            return value.isBlank() ? "" : Matcher.quoteReplacement(match.group(2));
        });
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
}
