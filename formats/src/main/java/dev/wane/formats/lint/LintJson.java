package dev.wane.formats.lint;

import dev.wane.formats.config.Quantity;
import dev.wane.formats.config.ResolvedConfig;
import dev.wane.formats.json.ExplanationJson;
import dev.wane.formats.json.Json;
import dev.wane.formats.json.RecipeJson;
import dev.wane.formats.problem.Problem;
import dev.wane.lint.Finding;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document that {@code wane lint --output json} prints. */
public final class LintJson {
    private LintJson() {}

    /**
     * The files that were read, and what was wrong with others.
     *
     * @param problems of files that could not be read
     */
    public static Map<String, @Nullable Object> of(List<LintedFile> files, List<Problem> problems) {
        return Json.object(
                "version", 1,
                "files", files.stream().map(LintJson::file).toList(),
                "problems", problems.stream().map(LintJson::problem).toList());
    }

    private static Map<String, @Nullable Object> problem(Problem problem) {
        return Json.object(
                "file", problem.position().file(),
                "line", problem.position().line(),
                "message", problem.message());
    }

    private static Map<String, @Nullable Object> file(LintedFile file) {
        return Json.object(
                "file", file.file(),
                "format", file.config().format(),
                "recipe", recipe(file.config()),
                "groups", file.groups().stream().map(ExplanationJson::group).toList(),
                "resolution",
                        file.config().resolution().all().stream()
                                .map(LintJson::quantity)
                                .toList(),
                "findings", file.findings().stream().map(LintJson::finding).toList());
    }

    /** A schedule that is not known is null, not the constant one that a recipe without any means. */
    private static @Nullable Map<String, @Nullable Object> recipe(ResolvedConfig config) {
        if (config.recipe() == null) {
            return null;
        }
        Map<String, @Nullable Object> json = RecipeJson.of(config.recipe());
        if (config.recipe().schedule() == null && config.resolution().unresolved("schedule")) {
            json.put("schedule", null);
        }
        return json;
    }

    private static Map<String, @Nullable Object> quantity(Quantity quantity) {
        return Json.object(
                "quantity",
                quantity.name(),
                "value",
                quantity.value(),
                "from",
                quantity.origin().text());
    }

    private static Map<String, @Nullable Object> finding(PlacedFinding placed) {
        Finding finding = placed.finding();
        return Json.object(
                "id", finding.rule(),
                "severity", finding.severity().id(),
                "file", placed.position().file(),
                "line", placed.position().line() == 0 ? null : placed.position().line(),
                "key", placed.key(),
                "message", finding.message(),
                "fix", finding.fix(),
                "source", finding.source());
    }
}
