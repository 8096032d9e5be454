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
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Findings that are known and accepted. A finding is known again by its rule, file and message: it survives moved lines,
 * and comes back when its numbers change.
 *
 * @param fingerprints of the accepted findings
 * @param root the baseline's folder: files are named from there, wherever wane runs
 */
public record Baseline(Set<String> fingerprints, Path root) {
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
        return new Baseline(new LinkedHashSet<>(findings.entries().keySet()), folder(file));
    }

    /** Writes every finding as accepted. */
    public static void write(Path file, List<LintedFile> files) throws IOException {
        Map<String, Object> findings = new TreeMap<>();
        Path root = folder(file);
        files.forEach(linted -> linted.findings()
                .forEach(placed -> findings.put(
                        fingerprint(placed, root),
                        name(placed, root) + ": " + placed.finding().rule())));
        Files.writeString(file, Json.pretty(Json.object("version", 1, "findings", findings)) + "\n");
    }

    /** The file without what is accepted. */
    public LintedFile without(LintedFile file) {
        return file.with(file.findings().stream()
                .filter(placed -> !fingerprints.contains(fingerprint(placed, root)))
                .toList());
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
    }

    /** The file as seen from a folder, the same on every system. */
    private static String name(PlacedFinding placed, Path root) {
        Path file = Path.of(placed.position().file()).toAbsolutePath().normalize();
        Path from = root.toAbsolutePath().normalize();
        boolean related = Objects.equals(file.getRoot(), from.getRoot());
        return (related ? from.relativize(file) : file).toString().replace('\\', '/');
    }

    static String fingerprint(PlacedFinding placed, Path root) {
        String text = placed.finding().rule() + "\n" + name(placed, root) + "\n"
                + placed.finding().message();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
