package dev.wane.formats.lint;

import dev.wane.formats.json.Json;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Problem;
import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Findings that are known and accepted. A finding is known again by its rule, file and message: it survives moved lines,
 * and comes back when its numbers change.
 *
 * @param fingerprints of the accepted findings
 */
public record Baseline(Set<String> fingerprints) {
    private static final int LENGTH = 32;

    public Baseline {
        fingerprints = Set.copyOf(fingerprints);
    }

    /**
     * Reads a baseline.
     *
     * @throws InputException if it is none
     */
    public static Baseline read(Path file) {
        Node root = TreeReader.read(file);
        if (!(root instanceof Node.Mapping mapping)
                || !mapping.entries().containsKey("findings")
                || !(mapping.entries().get("findings").value() instanceof Node.Mapping findings)) {
            throw new InputException(List.of(new Problem(root.position(), "is no baseline: it needs 'findings'")));
        }
        return new Baseline(new LinkedHashSet<>(findings.entries().keySet()));
    }

    /** Writes every finding as accepted. */
    public static void write(Path file, List<LintedFile> files) throws IOException {
        Map<String, Object> findings = new TreeMap<>();
        files.forEach(linted -> linted.findings()
                .forEach(placed -> findings.put(
                        fingerprint(placed),
                        placed.position().file() + ": " + placed.finding().rule())));
        Files.writeString(file, Json.pretty(Json.object("version", 1, "findings", findings)) + "\n");
    }

    /** The file without what is accepted. */
    public LintedFile without(LintedFile file) {
        return file.with(file.findings().stream()
                .filter(placed -> !fingerprints.contains(fingerprint(placed)))
                .toList());
    }

    static String fingerprint(PlacedFinding placed) {
        String text = placed.finding().rule() + "\n" + placed.position().file() + "\n"
                + placed.finding().message();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
