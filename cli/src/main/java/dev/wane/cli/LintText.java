package dev.wane.cli;

import dev.wane.formats.config.Origin;
import dev.wane.formats.config.Quantity;
import dev.wane.formats.lint.LintedFile;
import dev.wane.formats.lint.PlacedFinding;
import dev.wane.lint.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Findings for people: what was read from where, then what is wrong with it. */
final class LintText {
    private final Style style;
    private final CodeFrame frames = new CodeFrame();
    private final List<String> lines = new ArrayList<>();

    private LintText(Style style) {
        this.style = style;
    }

    static String of(List<LintedFile> files, Style style) {
        LintText text = new LintText(style);
        files.forEach(text::file);
        text.lines.add(summary(files));
        return String.join("\n", text.lines);
    }

    private void file(LintedFile file) {
        String verdict = file.groups().isEmpty()
                ? "optimizer unknown to Wane"
                : file.groups().getFirst().verdict().id() + ", λ is "
                        + file.groups().getFirst().convention().id();
        lines.add(style.bold(file.file() + " (" + file.config().format() + "): " + verdict));
        file.config().resolution().all().forEach(this::quantity);
        file.findings().forEach(this::finding);
        lines.add("");
    }

    private void quantity(Quantity quantity) {
        Object value = quantity.value();
        String shown = value instanceof Double number ? Numbers.of(number) : value == null ? "?" : value.toString();
        lines.add(style.faint(String.format("  %-16s %-14s %s", quantity.name(), shown, origin(quantity))));
    }

    private static String origin(Quantity quantity) {
        boolean open = quantity.value() == null && quantity.origin() instanceof Origin.Written;
        return quantity.origin().text() + (open ? ": the file alone does not tell its value" : "");
    }

    private void finding(PlacedFinding placed) {
        lines.add("  " + severity(placed.finding().severity()) + " ["
                + placed.finding().rule() + "] " + placed.position()
                + (placed.key().isEmpty() ? "" : " " + placed.key()));
        frames.of(placed.position()).forEach(line -> lines.add(style.faint(line)));
        lines.add("    " + placed.finding().message());
        lines.add("    fix: " + placed.finding().fix() + " (" + placed.finding().source() + ")");
    }

    private String severity(Severity severity) {
        return switch (severity) {
            case ERROR -> style.bad(severity.id());
            case WARNING -> style.warning(severity.id());
            case INFO -> style.note(severity.id());
        };
    }

    private static String summary(List<LintedFile> files) {
        return Arrays.stream(Severity.values())
                .map(severity -> count(files, severity) + " " + severity.id())
                .collect(Collectors.joining(", ", files.size() + (files.size() == 1 ? " file: " : " files: "), ""));
    }

    private static long count(List<LintedFile> files, Severity severity) {
        return files.stream()
                .flatMap(file -> file.findings().stream())
                .filter(placed -> placed.finding().severity() == severity)
                .count();
    }
}
