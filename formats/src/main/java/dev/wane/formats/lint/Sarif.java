package dev.wane.formats.lint;

import dev.wane.formats.json.Json;
import dev.wane.lint.Severity;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Findings in the Static Analysis Results Interchange Format, version 2.1.0. */
public final class Sarif {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    private Sarif() {}

    public static Map<String, @Nullable Object> of(List<LintedFile> files, String version) {
        List<PlacedFinding> findings =
                files.stream().flatMap(file -> file.findings().stream()).toList();
        Map<String, @Nullable Object> driver = Json.object("name", "Wane", "version", version, "rules", rules());
        Map<String, @Nullable Object> run = Json.object(
                "tool", Json.object("driver", driver),
                "columnKind", "utf16CodeUnits",
                "results", findings.stream().map(Sarif::result).toList());
        return Json.object("$schema", SCHEMA, "version", "2.1.0", "runs", List.of(run));
    }

    /** Every rule that can be cited. */
    private static List<Map<String, @Nullable Object>> rules() {
        return RuleBook.ids().stream().map(id -> rule(id, RuleBook.title(id))).toList();
    }

    private static Map<String, @Nullable Object> rule(String id, String title) {
        return Json.object("id", id, "shortDescription", Json.object("text", title));
    }

    private static Map<String, @Nullable Object> result(PlacedFinding placed) {
        return Json.object(
                "ruleId", placed.finding().rule(),
                "level", level(placed.finding().severity()),
                "message",
                        Json.object(
                                "text",
                                placed.finding().message() + ". "
                                        + placed.finding().fix()),
                "locations", List.of(Json.object("physicalLocation", location(placed))),
                "partialFingerprints", Json.object("wane/v1", Baseline.fingerprint(placed, Path.of(""))));
    }

    /** A relative path stays one; signs that a URI cannot hold are escaped. */
    private static String uri(String file) {
        try {
            return new URI(null, null, file.replace('\\', '/'), null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no path: " + file, e);
        }
    }

    private static String level(Severity severity) {
        return severity == Severity.INFO ? "note" : severity.id();
    }

    private static Map<String, @Nullable Object> location(PlacedFinding placed) {
        Map<String, @Nullable Object> artifact =
                Json.object("uri", uri(placed.position().file()));
        return placed.position().line() == 0
                ? Json.object("artifactLocation", artifact)
                : Json.object(
                        "artifactLocation",
                        artifact,
                        "region",
                        Json.object(
                                "startLine", placed.position().line(),
                                "startColumn", placed.position().column()));
    }
}
