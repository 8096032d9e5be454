package dev.wane.formats.tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables that a shell script sets. One that gets two values, or one that only some runs set, has no value that can
 * be said to be the one.
 */
final class ShellVariables {
    private static final String TWICE = Node.COMPUTED;

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_]\\w*)(?::?-([^}]*))?}?");
    private static final Pattern ARITHMETIC = Pattern.compile("\\$\\(\\(([^()]*)\\)\\)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
    /** What a scheduler sets before a script runs: its fallback is for a run without one. */
    private static final Pattern BY_SCHEDULER = Pattern.compile("(SLURM|PBS|LSB|SGE|OMPI|PMI)_\\w+");

    private static final int MOST_EXPANSIONS = 20;
    private static final int LONGEST = 1 << 16;
    /** Characters that all expansions of a script may make together. */
    private static final long MOST = 1 << 22;

    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> doubtful = new ArrayList<>();
    private long made;

    /** Every variable with its value. */
    Map<String, String> values() {
        return values;
    }

    /** What variables may hold in some runs. */
    List<String> doubtful() {
        return doubtful;
    }

    boolean isSet(String variable) {
        return values.containsKey(variable);
    }

    /**
     * Sets a variable.
     *
     * @param certain whether every run sets it
     */
    void assign(String variable, String value, boolean certain) {
        String before = values.get(variable);
        if (before != null && !before.isBlank() && value.startsWith(before + " ")) {
            append(variable, value.substring(before.length()), certain);
        } else if (before == null && certain) {
            values.put(variable, value);
        } else if (!value.equals(before)) {
            doubtful.add(value);
            doubtful.add(before == null ? "" : before);
            values.put(variable, TWICE);
        }
    }

    /** Another file may set any of them again. */
    void doubtAll() {
        doubtful.addAll(values.values());
        values.replaceAll((variable, value) -> TWICE);
    }

    /** Puts more text behind a variable's. */
    void append(String variable, String value, boolean certain) {
        if (certain) {
            values.merge(variable, value, ShellVariables::joined);
        } else {
            doubtful.add(value);
        }
    }

    private static String joined(String before, String more) {
        return before.length() + more.length() > LONGEST ? TWICE : before + (more.startsWith("-") ? " " : "") + more;
    }

    /** Variables that the script sets, their defaults, and arithmetic; a variable from outside stays as it is written. */
    String expand(String text) {
        String expanded = text;
        for (int i = 0; i < MOST_EXPANSIONS && made < MOST; i++) {
            String next = replaceVariables(expanded);
            next = replaceArithmetic(next);
            made += next.length();
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
            String fallback = fallback(variable);
            String value = values.getOrDefault(variable.group(1), fallback);
            variable.appendReplacement(replaced, Matcher.quoteReplacement(value));
        }
        return variable.appendTail(replaced).length() > LONGEST ? text : replaced.toString();
    }

    private static String fallback(Matcher variable) {
        if (variable.group(2) == null) {
            return variable.group();
        }
        return BY_SCHEDULER.matcher(variable.group(1)).matches() ? "$" + variable.group(1) : variable.group(2);
    }

    /** Inside {@code $((…))} names need no dollar. */
    private String replaceArithmetic(String text) {
        return ARITHMETIC.matcher(text).replaceAll(match -> {
            String named = NAME.matcher(match.group(1))
                    .replaceAll(word -> Matcher.quoteReplacement(values.getOrDefault(word.group(), word.group())));
            Double value = Arithmetic.whole(named);
            return Matcher.quoteReplacement(value == null ? match.group() : Long.toString(value.longValue()));
        });
    }
}
