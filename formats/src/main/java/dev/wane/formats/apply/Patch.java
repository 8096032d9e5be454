package dev.wane.formats.apply;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Problems;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file with some of its numbers replaced, everything else as it was.
 *
 * @param before the lines
 * @param after the lines, as many
 */
public record Patch(List<String> before, List<String> after) {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d[\\d_]*\\.?[\\d_]*|\\.\\d+)([eE][-+]?\\d+)?");
    private static final int CONTEXT = 3;
    private static final int DIGITS = 6;

    public Patch {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /**
     * Replaces numbers.
     *
     * @throws InputException if a number does not stand where it was read
     */
    public static Patch of(String text, List<Edit> edits) {
        List<String> before = List.of(text.split("(?<=\n)", -1));
        List<String> after = new ArrayList<>(before);
        Problems problems = new Problems();
        for (Edit edit : edits) {
            int line = edit.position().line() - 1;
            String replaced = line < 0 || line >= after.size() ? null : replaced(after.get(line), edit);
            if (replaced == null) {
                problems.add(
                        edit.position(),
                        edit.quantity() + " " + edit.before() + " does not stand here as a number: write "
                                + number(edit.after()) + " where it is set");
            } else {
                after.set(line, replaced);
            }
        }
        problems.throwIfAny();
        return new Patch(before, after);
    }

    /** The first number at or behind the place that has the value which was read. */
    private static @Nullable String replaced(String line, Edit edit) {
        Matcher matcher = NUMBER.matcher(line);
        int from = Math.clamp(edit.position().column() - 1L, 0, line.length());
        while (matcher.find(from)) {
            boolean word = matcher.start() > 0 && Character.isLetterOrDigit(line.charAt(matcher.start() - 1));
            if (!word && Double.parseDouble(matcher.group().replace("_", "")) == edit.before()) {
                return line.substring(0, matcher.start()) + number(edit.after()) + line.substring(matcher.end());
            }
            from = matcher.end();
        }
        return null;
    }

    /** Six digits; with a point and a sign in the exponent, without which YAML 1.1 takes a number for text. */
    static String number(double value) {
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(DIGITS)).stripTrailingZeros();
        if (rounded.signum() == 0) {
            return "0.0";
        }
        double size = Math.abs(rounded.doubleValue());
        if (size >= 1e-3 && size < 1e9) {
            return rounded.toPlainString();
        }
        String[] parts = String.format(Locale.ROOT, "%." + Math.max(1, rounded.precision() - 1) + "e", rounded)
                .split("e", 2);
        return parts[0] + "e" + parts[1];
    }

    /** A unified diff; empty where nothing changes. */
    public String unified(String file) {
        StringBuilder text = new StringBuilder();
        int line = 0;
        while (line < before.size()) {
            if (before.get(line).equals(after.get(line))) {
                line++;
                continue;
            }
            int first = Math.max(0, line - CONTEXT);
            int last = line;
            for (int next = line; next < before.size() && next <= last + 2 * CONTEXT; next++) {
                last = before.get(next).equals(after.get(next)) ? last : next;
            }
            int end = Math.min(before.size(), last + CONTEXT + 1);
            hunk(text, first, end);
            line = end;
        }
        return text.isEmpty() ? "" : "--- " + file + "\n+++ " + file + "\n" + text;
    }

    private void hunk(StringBuilder text, int first, int end) {
        int count = end - first - (before.get(end - 1).isEmpty() ? 1 : 0);
        text.append(String.format("@@ -%d,%d +%d,%d @@%n", first + 1, count, first + 1, count));
        for (int i = first; i < end; i++) {
            if (before.get(i).equals(after.get(i))) {
                append(text, ' ', before.get(i));
            } else {
                append(text, '-', before.get(i));
                append(text, '+', after.get(i));
            }
        }
    }

    private static void append(StringBuilder text, char mark, String line) {
        if (!line.isEmpty()) {
            text.append(mark).append(line);
            if (!line.endsWith("\n")) {
                text.append("\n\\ No newline at end of file\n");
            }
        }
    }

    /** The whole text after the change. */
    public String text() {
        return String.join("", after);
    }
}
