package dev.wane.formats.tree;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which statements of a shell script only some runs reach. */
final class ShellBranches {
    private static final Pattern FUNCTION = Pattern.compile("^(?:function\\s+)?[\\w-]+\\s*\\(\\)\\s*\\{?\\s*");
    private static final Pattern LABEL = Pattern.compile("^[^()\\s]+\\)\\s*");
    private static final Pattern UNSET = Pattern.compile("-z\\s+\"?\\$\\{?(\\w+)");
    private static final Pattern SET = Pattern.compile("-n\\s+\"?\\$\\{?(\\w+)");
    /** No variable's name. */
    private static final String CASE = "case …";

    /** The variable of {@code if [ -z "$X" ]}, which sets what would else have no value; empty for another condition. */
    private final Deque<String> open = new ArrayDeque<>();

    /** Takes the keywords off a statement's beginning, and remembers branches that open and close. */
    String plain(String statement) {
        String rest = FUNCTION.matcher(statement.strip()).replaceFirst("");
        for (String keyword : new String[] {"then", "else", "do"}) {
            rest = rest.equals(keyword) || rest.startsWith(keyword + " ")
                    ? rest.substring(keyword.length()).strip()
                    : rest;
        }
        if (rest.startsWith("if ") || rest.startsWith("case ")) {
            if (rest.startsWith("if ")) {
                enter(rest, true);
            } else {
                open.push(CASE);
            }
            return "";
        }
        if (rest.equals("fi") || rest.equals("esac")) {
            leave();
            return "";
        }
        return CASE.equals(open.peek()) ? LABEL.matcher(rest).replaceFirst("") : rest;
    }

    /**
     * Begins what a condition decides.
     *
     * @param holds whether it is done where the condition holds, and not where it fails
     */
    void enter(String condition, boolean holds) {
        Matcher unset = (holds ? UNSET : SET).matcher(condition);
        open.push(unset.find() ? unset.group(1) : "");
    }

    /** How many conditions decide. */
    int depth() {
        return open.size();
    }

    /** Ends it. */
    void leave() {
        open.poll();
    }

    /** Whether every run that does not set the variable from outside sets it here. */
    boolean certain(String variable) {
        return open.stream().allMatch(variable::equals);
    }
}
