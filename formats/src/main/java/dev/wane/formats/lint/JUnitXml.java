package dev.wane.formats.lint;

import dev.wane.lint.Severity;
import java.util.List;

/** Findings as a JUnit report: a test case per finding, which fails unless it only informs, and one for a file without any. */
public final class JUnitXml {
    private JUnitXml() {}

    public static String of(List<LintedFile> files) {
        long failures = files.stream()
                .flatMap(file -> file.findings().stream())
                .filter(JUnitXml::fails)
                .count();
        long cases = files.stream()
                .mapToLong(file -> Math.max(1, file.findings().size()))
                .sum();
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuite name=\"wane lint\" tests=\"%d\" failures=\"%d\" errors=\"0\">\n"
                .formatted(cases, failures));
        files.forEach(file -> file(file, xml));
        return xml.append("</testsuite>").toString();
    }

    private static void file(LintedFile file, StringBuilder xml) {
        if (file.findings().isEmpty()) {
            xml.append("  <testcase classname=\"%s\" name=\"no findings\"/>\n".formatted(escaped(file.file())));
        }
        file.findings()
                .forEach(placed -> xml.append("""
                  <testcase classname="%s" name="%s">
                    %s
                  </testcase>
                """.formatted(
                                escaped(file.file()), escaped(placed.finding().rule()), result(placed))));
    }

    private static boolean fails(PlacedFinding placed) {
        return placed.finding().severity() != Severity.INFO;
    }

    private static String result(PlacedFinding placed) {
        String message = escaped(placed.finding().message());
        String remedy = escaped(placed.position() + ": " + placed.finding().fix());
        return fails(placed)
                ? "<failure type=\"%s\" message=\"%s\">%s</failure>"
                        .formatted(placed.finding().severity().id(), message, remedy)
                : "<system-out>%s (%s)</system-out>".formatted(message, remedy);
    }

    /** Characters that XML cannot hold at all become a question mark. */
    private static String escaped(String text) {
        return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F]", "?")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
