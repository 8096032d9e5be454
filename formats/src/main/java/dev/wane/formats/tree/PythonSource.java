package dev.wane.formats.tree;

import dev.wane.formats.problem.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The text of a Python file: its statements, which brackets and strings may carry over several lines. */
final class PythonSource {
    private static final Pattern INLINE = Pattern.compile(
            "(?:if|elif|else|for|while|with|try|except|finally|def|class|async)\\b[^\\n]*?:\\s*[^\\s#]");

    private static final int MOST = 500;

    private final String name;
    private final String text;
    private final int[] lines;

    PythonSource(String name, String text) {
        this.name = name;
        this.text = text;
        this.lines = text.chars().filter(c -> c == '\n').count() == 0 ? new int[] {0} : lineStarts(text);
    }

    private static int[] lineStarts(String text) {
        List<Integer> starts = new ArrayList<>();
        starts.add(0);
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            starts.add(i + 1);
        }
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    String text() {
        return text;
    }

    Position position(int index) {
        int line = Arrays.binarySearch(lines, index);
        int row = line >= 0 ? line : -line - 2;
        return new Position(name, row + 1, index - lines[row] + 1);
    }

    /**
     * A statement.
     *
     * @param start of its first character that is no blank
     * @param end after its last character
     * @param indent blanks before it
     */
    record Statement(int start, int end, int indent) {}

    List<Statement> statements() {
        List<Statement> statements = new ArrayList<>();
        int at = 0;
        int indent = 0;
        while (at < text.length()) {
            int start = at;
            while (start < text.length() && (text.charAt(start) == ' ' || text.charAt(start) == '\t')) {
                start++;
            }
            int end = end(start);
            boolean onItsLine = at > 0 && text.charAt(at - 1) == ';';
            indent = onItsLine ? indent : start - at;
            if (end > start) {
                statements.add(new Statement(start, end, indent));
                indent += opensBlock(start, end) ? 1 : 0;
            }
            at = end + 1;
        }
        return statements;
    }

    /** {@code if c: a = 1; b = 2}: what follows on the line is inside too. */
    private boolean opensBlock(int start, int end) {
        return INLINE.matcher(text.substring(start, Math.min(end, start + MOST)))
                .lookingAt();
    }

    /** The end of the statement that starts here: a semicolon or a line's end outside of brackets and strings. */
    private int end(int start) {
        int depth = 0;
        int i = start;
        while (i < text.length()) {
            char c = text.charAt(i);
            if ((c == '\n' || c == ';') && depth <= 0) {
                return i;
            }
            if (c == '#') {
                i = endOfLine(i);
                continue;
            }
            if (c == '"' || c == '\'') {
                i = afterString(i);
                continue;
            }
            depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            i += c == '\\' ? 2 : 1;
        }
        return text.length();
    }

    int endOfLine(int index) {
        int end = text.indexOf('\n', index);
        return end < 0 ? text.length() : end;
    }

    /** Behind the string whose quote stands here; a string that does not end in its line ends with it. */
    int afterString(int index) {
        String quote = text.substring(index, index + 1);
        if (text.startsWith(quote.repeat(3), index)) {
            int close = text.indexOf(quote.repeat(3), index + 3);
            return close < 0 ? text.length() : close + 3;
        }
        int i = index + 1;
        while (i < text.length() && text.charAt(i) != '\n') {
            if (text.startsWith(quote, i)) {
                return i + 1;
            }
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i, text.length());
    }
}
