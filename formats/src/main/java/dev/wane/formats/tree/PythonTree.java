package dev.wane.formats.tree;

import dev.wane.formats.problem.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The assignments of constants in a Python file: {@code name = 5 * 8}, {@code optimizer = dict(lr=0.1)} and, in the body of
 * {@code get_config}, {@code config.lr = 1e-3}. A name that is also assigned under a condition or in a loop depends on what
 * is not known. Nothing is executed.
 */
final class PythonTree {
    private static final Pattern ASSIGNMENT =
            Pattern.compile("^([A-Za-z_][\\w.]*)\\s*(?::[^=\\n]+)?([-+*/]?)=(?!=)\\s*");
    private static final Pattern CALL = Pattern.compile(
            "^([A-Za-z_][\\w.]*)\\.(?:update|append|extend|merge|insert|pop|clear|remove|setdefault)\\s*\\(");
    private static final Pattern ITEM = Pattern.compile("^([A-Za-z_][\\w.]*)\\s*\\[[^\\n]*\\]\\s*[-+*/]?=(?!=)");
    /** {@code optim_wrapper['optimizer']['lr'] = 0.8}. */
    private static final Pattern KEYED = Pattern.compile(
            "^([A-Za-z_][\\w.]*)((?:\\s*\\[\\s*(?:'\\w+'|\"\\w+\")\\s*\\]){1,20})\\s*([-+*/]?)=(?!=)\\s*");

    private static final Pattern KEY = Pattern.compile("\\[\\s*['\"](\\w+)['\"]\\s*\\]");
    /** {@code learning_rate = weight_decay = 0.1}. */
    private static final Pattern CHAINED = Pattern.compile("\\G([A-Za-z_][\\w.]*)\\s*=(?!=)\\s*");
    /** {@code if fast: weight_decay = 0}. */
    private static final Pattern INLINE = Pattern.compile(
            "^(?:if|elif|else|for|while|with|try|except|finally)\\b[^\\n]*?:\\s*([A-Za-z_][\\w.]*)\\s*[-+*/]?=(?!=)");

    private static final Pattern SEVERAL = Pattern.compile("^([A-Za-z_]\\w*(?:\\s*,\\s*[A-Za-z_]\\w*)+)\\s*=(?!=)");
    private static final Pattern IMPORT =
            Pattern.compile("^from\\s+(torch\\.optim|bitsandbytes\\.optim)\\s+import\\s+([\\w\\s,()]+)$");
    private static final Pattern READ_BASE = Pattern.compile("^with\\s+read_base\\s*\\(");
    private static final Pattern BODY = Pattern.compile("^def\\s+get_\\w*config\\w*\\s*\\(");
    private static final Pattern LOCAL = Pattern.compile("^if\\s+(\\w+\\.)?runlocal\\s*:.*", Pattern.DOTALL);
    private static final Pattern BRANCH =
            Pattern.compile("^(?!if\\s+__name__)(if|elif|else|for|while|with|try|except)\\b.*", Pattern.DOTALL);
    private static final Pattern RETURNED = Pattern.compile("^return\\s+(\\w+)\\s*$");

    private final PythonSource source;
    private final Map<String, Node.Entry> names = new LinkedHashMap<>();
    private String returned = "";
    private int bodyIndent = -1;
    private boolean inBody;
    private boolean inBranch;
    private int skippedIndent = -1;

    private PythonTree(PythonSource source) {
        this.source = source;
    }

    static Node parse(String name, String text) {
        PythonTree tree = new PythonTree(new PythonSource(name, text));
        tree.source.statements().forEach(tree::read);
        return new Node.Mapping(new Position(name, 1, 1), tree.entries());
    }

    /** What {@code get_config} returns stands beside the names of the file. */
    private Map<String, Node.Entry> entries() {
        Node.Entry config = names.get(returned.isEmpty() ? "config" : returned);
        Map<String, Node.Entry> all = new LinkedHashMap<>(names);
        if (bodyIndent >= 0 && config != null && config.value() instanceof Node.Mapping mapping) {
            all.putAll(mapping.entries());
        }
        return all;
    }

    private void read(PythonSource.Statement statement) {
        String text = source.text().substring(statement.start(), statement.end());
        enter(statement, text);
        if (skippedIndent >= 0 && statement.indent() > skippedIndent) {
            return;
        }
        skippedIndent = LOCAL.matcher(text).matches() ? statement.indent() : -1;
        Matcher result = RETURNED.matcher(text.strip());
        if (inBody && result.matches()) {
            returned = result.group(1);
        }
        if (IMPORT.matcher(text).find()) {
            imported(text, statement);
            return;
        }
        Matcher assignment = ASSIGNMENT.matcher(text);
        Matcher keyed = KEYED.matcher(text);
        if (assignment.find()) {
            chained(statement, text, assignment);
        } else if (keyed.find() && PythonNames.isFree(names, dotted(keyed))) {
            assign(statement, dotted(keyed), keyed.group(3).isEmpty(), keyed.end());
        } else {
            touched(text).forEach(name -> unknown(name, statement));
        }
    }

    /** A class stands for its whole name: {@code type=AdamW} after {@code from torch.optim import AdamW}. */
    private void imported(String text, PythonSource.Statement statement) {
        Matcher statementText = IMPORT.matcher(text);
        if (statement.indent() != 0 || !statementText.find()) {
            return;
        }
        Position position = source.position(statement.start());
        for (String name : statementText.group(2).replaceAll("[()]", "").split(",", -1)) {
            String plain = name.strip();
            if (plain.matches("[A-Z]\\w*") && !names.containsKey(plain)) {
                Node path = new Node.Scalar(position, statementText.group(1) + "." + plain, true);
                names.put(plain, new Node.Entry(position, path));
            }
        }
    }

    /** Names that a statement changes in a way that is not followed. */
    private static List<String> touched(String text) {
        Matcher call = CALL.matcher(text);
        if (call.find()) {
            return List.of(call.group(1));
        }
        Matcher inline = INLINE.matcher(text);
        if (inline.find()) {
            return List.of(inline.group(1));
        }
        Matcher item = ITEM.matcher(text);
        if (item.find()) {
            return List.of(item.group(1));
        }
        Matcher several = SEVERAL.matcher(text);
        if (several.find()) {
            return List.of(several.group(1).strip().split("\\s*,\\s*", -1));
        }
        return READ_BASE.matcher(text).find() ? List.of("_base_") : List.of();
    }

    private void unknown(String name, PythonSource.Statement statement) {
        Position position = source.position(statement.start());
        boolean based = name.startsWith("_base_") && names.containsKey("_base_");
        if (!based && PythonNames.isFree(names, name)) {
            PythonNames.put(names, name, position, new Node.Scalar(position, Node.COMPUTED, false));
        }
    }

    private void enter(PythonSource.Statement statement, String text) {
        if (statement.indent() == 0) {
            inBody = BODY.matcher(text).find();
            inBranch = BRANCH.matcher(text).matches();
            bodyIndent = inBody ? 0 : bodyIndent;
        } else if (inBody && bodyIndent == 0) {
            bodyIndent = statement.indent();
        }
    }

    private static String dotted(Matcher keyed) {
        StringBuilder name = new StringBuilder(keyed.group(1));
        KEY.matcher(keyed.group(2)).results().forEach(key -> name.append('.').append(key.group(1)));
        return name.toString();
    }

    /** One value for each of the names before it. */
    private void chained(PythonSource.Statement statement, String text, Matcher assignment) {
        List<String> to = new ArrayList<>(List.of(assignment.group(1)));
        int end = assignment.end();
        Matcher next = CHAINED.matcher(text);
        while (assignment.group(2).isEmpty() && next.find(end)) {
            to.add(next.group(1));
            end = next.end();
        }
        for (String name : to) {
            // What is set in the base is laid over it, as all else is.
            assign(
                    statement,
                    name.replaceFirst("^_base_\\.", ""),
                    assignment.group(2).isEmpty(),
                    end);
        }
    }

    private void assign(PythonSource.Statement statement, String name, boolean plain, int end) {
        boolean known = statement.indent() == 0 || (inBody && statement.indent() == bodyIndent);
        if (!known && !inBody && !inBranch) {
            return;
        }
        int start = statement.start() + end;
        Position key = source.position(statement.start());
        Node value = known && plain
                ? new PythonExpression(source, start, statement.end(), names).value()
                : new Node.Scalar(source.position(Math.min(start, source.text().length())), Node.COMPUTED, false);
        PythonNames.put(names, name, key, value);
    }
}
