package dev.wane.formats.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Statements of a shell script's line, and the words of a statement. */
final class ShellWords {
    /** Quoted and plain parts that touch are one word: {@code --lr="1e-4"}. */
    private static final Pattern WORD = Pattern.compile("(?:\"(?:[^\"\\\\]++|\\\\.)*+\"|'[^']*+'|[^\\s\"']++)+|[\"']");

    private static final Pattern PART = Pattern.compile("\"((?:[^\"\\\\]++|\\\\.)*+)\"|'([^']*+)'|([^\\s\"']++)");

    private ShellWords() {}

    /**
     * A word without its quotes.
     *
     * @param whole whether quotes keep it together though it holds spaces
     */
    record Word(String text, boolean whole) {}

    /**
     * A comment begins at a # at the beginning of a word, outside of quotes.
     *
     * @param quoted whether the line begins inside of a text
     */
    static String withoutComment(String line, boolean quoted) {
        char quote = quoted ? '"' : 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '#' && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
                return line.substring(0, i);
            }
        }
        return line;
    }

    /** What {@code ;} separates, outside quotes and brackets. */
    static List<String> statements(String line) {
        List<String> statements = new ArrayList<>();
        int start = 0;
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == ';' && depth <= 0) {
                statements.add(line.substring(start, i));
                start = i + 1;
            }
        }
        statements.add(line.substring(start));
        return statements;
    }

    /** A value that is one quoted text is that text; anything else stays as it is. */
    static String unquoted(String text) {
        Matcher word = PART.matcher(text);
        return word.lookingAt() && word.group(3) == null ? inner(word) : text;
    }

    /** The words of a statement. A quoted text alone may hold several, as {@code ARGS="--lr 1e-4 …"} does. */
    static List<Word> of(String statement) {
        List<Word> words = new ArrayList<>();
        Matcher word = WORD.matcher(statement);
        while (word.find()) {
            StringBuilder text = new StringBuilder();
            int parts = 0;
            boolean quoted = false;
            Matcher part = PART.matcher(word.group());
            while (part.find()) {
                text.append(inner(part));
                quoted |= part.group(3) == null;
                parts++;
            }
            if (parts > 0) {
                words.add(new Word(text.toString(), quoted && parts > 1));
            }
        }
        return words;
    }

    private static String inner(Matcher part) {
        return part.group(1) != null ? part.group(1) : part.group(2) != null ? part.group(2) : part.group(3);
    }
}
