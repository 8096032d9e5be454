package dev.wane.formats.lint;

import java.util.List;

/** Findings as a JUnit report: one test case per finding, and one that passes for a file without any. */
public final class JUnitXml {
    private JUnitXml() {}

    public static String of(List<LintedFile> files) {
        long failures = files.stream().mapToLong(file -> file.findings().size()).sum();
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
                    <failure type="%s" message="%s">%s</failure>
                  </testcase>
                """.formatted(
                        escaped(file.file()),
                        escaped(placed.finding().rule()),
                        placed.finding().severity().id(),
                        escaped(placed.finding().message()),
                        escaped(placed.position() + ": " + placed.finding().fix()))));
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
