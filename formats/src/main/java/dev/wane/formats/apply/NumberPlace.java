package dev.wane.formats.apply;

import dev.wane.formats.tree.Arithmetic;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Where a number stands in a text.
 *
 * @param line counted from 0
 * @param begin of its first character in the line
 * @param end behind its last
 */
record NumberPlace(int line, int begin, int end) {
    /** The dash of {@code ${RATE:-0.1}} is no sign. */
    private static final Pattern NUMBER =
            Pattern.compile("((?<!:)[-+])?(\\d[\\d_]*\\.?[\\d_]*|\\.\\d+)([eE][-+]?\\d+)?");

    private static final Pattern EXPRESSION = Pattern.compile("[(\\d.][-+*/()\\d.eE_ ]*[\\d)]");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_]\\w*)}?");
    private static final String BETWEEN = " \t=:\"'";

    /**
     * Looks for the value that was read: behind its key as a number, as a product of numbers, or in the one line that
     * sets the shell variable which stands there.
     *
     * @return empty where none of these is found
     */
    static Optional<NumberPlace> of(List<String> lines, Edit edit) {
        int line = edit.position().line() - 1;
        if (line < 0 || line >= lines.size()) {
            return Optional.empty();
        }
        int from = behindKey(lines.get(line), edit);
        Matcher variable =
                VARIABLE.matcher(lines.get(line)).region(from, lines.get(line).length());
        if (variable.lookingAt()) {
            return assignment(lines, variable.group(1), edit.before());
        }
        return number(lines.get(line), line, from, edit.before())
                .or(() -> expression(lines.get(line), line, from, edit.before()));
    }

    private static int behindKey(String text, Edit edit) {
        int from = Math.clamp(edit.position().column() - 1L, 0, text.length());
        Matcher key = Pattern.compile(
                        "(?<![\\w-])(--)?" + Pattern.quote(edit.lastKey()).replace("_", "\\E[-_]\\Q") + "(?![\\w-])")
                .matcher(text);
        int behind = key.find(from) ? key.end() : from;
        while (behind < text.length() && BETWEEN.indexOf(text.charAt(behind)) >= 0) {
            behind++;
        }
        return behind;
    }

    private static Optional<NumberPlace> number(String text, int line, int from, double value) {
        return first(NUMBER, text, line, from, value);
    }

    private static Optional<NumberPlace> expression(String text, int line, int from, double value) {
        return first(EXPRESSION, text, line, from, value);
    }

    /** The first that has the value and is no part of a word. */
    private static Optional<NumberPlace> first(Pattern pattern, String text, int line, int from, double value) {
        Matcher matcher = pattern.matcher(text.substring(0, comment(text)));
        int at = from;
        while (at <= comment(text) && matcher.find(at)) {
            boolean word = matcher.start() > 0 && Character.isLetterOrDigit(text.charAt(matcher.start() - 1));
            Double found = word ? null : Arithmetic.of(matcher.group().replace("_", ""));
            if (found != null && found == value) {
                return Optional.of(new NumberPlace(line, matcher.start(), matcher.end()));
            }
            at = matcher.end();
        }
        return Optional.empty();
    }

    private static int comment(String text) {
        int mark = text.indexOf(" #");
        return mark < 0 ? text.length() : mark;
    }

    /** A variable that is set twice has more than one meaning. */
    private static Optional<NumberPlace> assignment(List<String> lines, String name, double value) {
        Pattern sets = Pattern.compile("^\\s*(?:(?:export|declare|local|readonly)\\s+)?" + name + "=");
        int[] found = IntStream.range(0, lines.size())
                .filter(each -> sets.matcher(lines.get(each)).find())
                .toArray();
        if (found.length != 1) {
            return Optional.empty();
        }
        String text = lines.get(found[0]);
        return number(text, found[0], text.indexOf('=') + 1, value);
    }

    /** The line with another text in this place. */
    String replaced(String text, String by) {
        return text.substring(0, begin) + by + text.substring(end);
    }
}
