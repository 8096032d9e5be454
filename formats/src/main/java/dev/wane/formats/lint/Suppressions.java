package dev.wane.formats.lint;

import dev.wane.formats.problem.Position;
import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Findings that a person decided to live with, each with a reason: {@code # wane: ignore RULE reason} on the finding's
 * line, on the line before, or before the first key for the whole file; or by option.
 */
public final class Suppressions {
    private static final Pattern COMMENT =
            Pattern.compile("(?:#|//)\\s*wane:\\s*ignore\\s+([a-z0-9-]+)[ \\t]+(\\S.*)$");

    private static final Pattern WITHOUT_REASON = Pattern.compile("(?:#|//)\\s*wane:\\s*ignore\\s+([a-z0-9-]+)\\s*$");

    private final Map<String, String> everywhere;
    private final List<Comment> withoutReason = new ArrayList<>();
    private final List<Comment> comments = new ArrayList<>();
    private int firstLine = 1;

    private record Comment(int line, String rule) {}

    /**
     * What is suppressed in a file.
     *
     * @param text the file's
     * @param everywhere rule → reason, by option
     */
    public Suppressions(String text, Map<String, String> everywhere) {
        this.everywhere = Map.copyOf(everywhere);
        String[] lines = text.split("\\R", -1);
        while (firstLine <= lines.length && isRemark(lines[firstLine - 1])) {
            firstLine++;
        }
        for (int line = 1; line <= lines.length; line++) {
            Matcher comment = COMMENT.matcher(lines[line - 1]);
            if (comment.find()) {
                comments.add(new Comment(line, comment.group(1)));
            }
            Matcher bare = WITHOUT_REASON.matcher(lines[line - 1]);
            if (bare.find()) {
                withoutReason.add(new Comment(line, bare.group(1)));
            }
        }
    }

    private static boolean isRemark(String line) {
        String stripped = line.strip();
        return stripped.isEmpty() || stripped.startsWith("#") || stripped.startsWith("//") || stripped.equals("---");
    }

    /** The file without what is suppressed; a comment without a reason suppresses nothing, and is found itself. */
    public LintedFile without(LintedFile file) {
        return file.with(Stream.concat(
                        file.findings().stream().filter(placed -> !suppressed(placed)),
                        Stream.concat(
                                withoutReason.stream().map(comment -> unreasoned(file, comment)),
                                comments.stream()
                                        .filter(comment -> !RuleBook.ids().contains(comment.rule()))
                                        .map(comment -> ofNoRule(file, comment))))
                .toList());
    }

    private static PlacedFinding ofNoRule(LintedFile file, Comment comment) {
        return remark(
                file,
                comment,
                "suppression-of-no-rule",
                RuleBook.unknown(comment.rule()),
                "correct the name, or take the comment away");
    }

    private static PlacedFinding unreasoned(LintedFile file, Comment comment) {
        return remark(
                file,
                comment,
                "suppression-without-reason",
                "the comment ignores " + comment.rule() + " without a reason, so that nothing is ignored",
                "write # wane: ignore " + comment.rule() + " REASON");
    }

    private static PlacedFinding remark(LintedFile file, Comment comment, String rule, String message, String fix) {
        return new PlacedFinding(
                new Finding(rule, Severity.WARNING, "", message, fix, "wane lint --help"),
                new Position(file.file(), comment.line(), 1),
                "");
    }

    private boolean suppressed(PlacedFinding placed) {
        String rule = placed.finding().rule();
        int line = placed.position().line();
        return everywhere.containsKey(rule)
                || comments.stream()
                        .anyMatch(comment -> comment.rule().equals(rule)
                                && (comment.line() < firstLine
                                        || comment.line() == line
                                        || comment.line() == line - 1));
    }
}
