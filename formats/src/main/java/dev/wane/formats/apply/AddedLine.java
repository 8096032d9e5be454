package dev.wane.formats.apply;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A line that sets a number which a file left to its program.
 *
 * @param at before which line it comes, counted from 0
 * @param text with its line's end
 */
record AddedLine(int at, String text) {
    /**
     * Where a file's syntax has a place for one more key; what reads it back says whether that was the place.
     *
     * @return empty for shell scripts, and for keys in sections other than a table of TOML
     */
    static Optional<AddedLine> of(String file, List<String> lines, Addition addition) {
        String name = file.toLowerCase(Locale.ROOT);
        String value = NumberText.of(addition.after());
        if (name.endsWith(".toml")) {
            return inTable(lines, addition.key(), value);
        }
        if (addition.key().contains(".")) {
            return Optional.empty();
        }
        if (name.endsWith(".py")) {
            return Optional.of(last(lines, addition.key() + " = " + value));
        }
        if (name.endsWith(".json")) {
            return inObject(lines, "\"" + addition.key() + "\": " + value + ",");
        }
        return name.endsWith(".yaml") || name.endsWith(".yml")
                ? Optional.of(last(lines, addition.key() + ": " + value))
                : Optional.empty();
    }

    /** Before the empty text that stands behind the last line's end. */
    private static AddedLine last(List<String> lines, String text) {
        return new AddedLine(lines.size() - 1, text + "\n");
    }

    private static Optional<AddedLine> inTable(List<String> lines, String key, String value) {
        int dot = key.lastIndexOf('.');
        String header = "[" + key.substring(0, Math.max(0, dot)) + "]";
        return IntStream.range(0, lines.size())
                .filter(line -> lines.get(line).replaceAll("#.*", "").strip().equals(header))
                .mapToObj(line -> new AddedLine(line + 1, key.substring(dot + 1) + " = " + value + "\n"))
                .findFirst();
    }

    /** Behind an opening brace that has a line of its own. */
    private static Optional<AddedLine> inObject(List<String> lines, String text) {
        boolean opened = lines.size() > 1 && lines.getFirst().strip().equals("{");
        return opened
                ? Optional.of(new AddedLine(1, lines.get(1).replaceAll("\\S.*\\R?", "") + text + "\n"))
                : Optional.empty();
    }
}
