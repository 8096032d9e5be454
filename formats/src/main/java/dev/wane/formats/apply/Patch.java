package dev.wane.formats.apply;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file with some of its numbers replaced and some added, everything else as it was.
 *
 * @param file its name, whose ending tells its syntax
 * @param before the lines; an empty text where one is added
 * @param after the lines, as many
 */
public record Patch(String file, List<String> before, List<String> after) {
    private static final int CONTEXT = 3;

    public Patch {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /**
     * Replaces and adds numbers.
     *
     * @throws InputException if a number does not stand where it was read, or cannot be added
     */
    public static Patch of(String file, String text, List<? extends Change> changes) {
        List<String> before = new ArrayList<>(List.of(text.split("(?<=\n)", -1)));
        List<String> after = new ArrayList<>(before);
        Problems problems = new Problems();
        fromTheEnd(changes).forEach(edit -> replace(after, edit, problems));
        if (changes.stream().anyMatch(Addition.class::isInstance)) {
            end(before, after);
        }
        for (Change change : changes) {
            if (change instanceof Addition addition) {
                add(file, before, after, addition, problems);
            }
        }
        problems.throwIfAny();
        return new Patch(file, before, after);
    }

    /** What is replaced moves what stands behind it in its line. */
    private static Stream<Edit> fromTheEnd(List<? extends Change> changes) {
        return changes.stream()
                .filter(Edit.class::isInstance)
                .map(Edit.class::cast)
                .sorted(Comparator.comparingInt((Edit edit) -> edit.position().line())
                        .thenComparingInt(edit -> edit.position().column())
                        .reversed());
    }

    /** Ends the last line, so that another can follow. */
    private static void end(List<String> before, List<String> after) {
        if (!after.getLast().isEmpty()) {
            after.set(after.size() - 1, after.getLast() + "\n");
            before.add("");
            after.add("");
        }
    }

    private static void replace(List<String> after, Edit edit, Problems problems) {
        NumberPlace.of(after, edit)
                .ifPresentOrElse(
                        place -> after.set(
                                place.line(), place.replaced(after.get(place.line()), NumberText.of(edit.after()))),
                        () -> problems.add(
                                edit.position(),
                                edit.quantity() + " " + NumberText.of(edit.before())
                                        + " does not stand here as a number: write " + NumberText.of(edit.after())
                                        + " where it is set"));
    }

    private static void add(
            String file, List<String> before, List<String> after, Addition addition, Problems problems) {
        Optional<AddedLine> line = AddedLine.of(file, before, addition);
        if (line.isEmpty()) {
            problems.add(
                    Position.option(),
                    addition.quantity() + " is not written: set " + addition.key() + " to "
                            + NumberText.of(addition.after()) + " by hand");
            return;
        }
        before.add(line.get().at(), "");
        after.add(line.get().at(), line.get().text());
    }

    /** Whether a change has a place in the new text. */
    boolean takes(Change change) {
        return switch (change) {
            case Edit edit -> NumberPlace.of(after, edit).isPresent();
            case Addition addition -> AddedLine.of(file, after, addition).isPresent();
        };
    }

    /** A unified diff; empty where nothing changes. */
    public String unified() {
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
        text.append("@@ -%s +%s @@%n".formatted(range(before, first, end), range(after, first, end)));
        for (int i = first; i < end; i++) {
            if (before.get(i).equals(after.get(i))) {
                append(text, ' ', before.get(i));
            } else {
                append(text, '-', before.get(i));
                append(text, '+', after.get(i));
            }
        }
    }

    private static String range(List<String> lines, int first, int end) {
        return (1 + count(lines.subList(0, first))) + "," + count(lines.subList(first, end));
    }

    private static long count(List<String> lines) {
        return lines.stream().filter(line -> !line.isEmpty()).count();
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
