package dev.wane.cli;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.tree.TreeReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The line that a finding is about, with a mark below its place. */
final class CodeFrame {
    private static final int WIDTH = 100;
    private static final String TAB = "    ";

    private final Map<String, List<String>> files = new HashMap<>();

    /** Two lines; none where the place is in no line of text. */
    List<String> of(Position position) {
        if (position.line() == 0) {
            return List.of();
        }
        List<String> lines = files.computeIfAbsent(position.file(), CodeFrame::read);
        return position.line() > lines.size() ? List.of() : frame(position, lines.get(position.line() - 1));
    }

    private static List<String> frame(Position position, String line) {
        int column = Math.min(Math.max(0, position.column() - 1), line.length());
        int from = column < WIDTH ? 0 : column - WIDTH / 2;
        String shown =
                line.substring(from, Math.min(line.length(), from + WIDTH)).replace("\t", TAB);
        String before = line.substring(from, column).replace("\t", TAB);
        return List.of(
                "    %5d | %s".formatted(position.line(), shown).stripTrailing(),
                "          | " + " ".repeat(before.length()) + "^");
    }

    /** A file that is no text, or is gone since it was read, has no lines to show. */
    private static List<String> read(String file) {
        try {
            return TreeReader.comments(Path.of(file)).lines().toList();
        } catch (InputException e) {
            return List.of();
        }
    }
}
