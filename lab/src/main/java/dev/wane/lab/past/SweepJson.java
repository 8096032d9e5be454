package dev.wane.lab.past;

import dev.wane.formats.json.Json;
import dev.wane.formats.json.RecipeJson;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What past runs say, as JSON. */
public final class SweepJson {
    private SweepJson() {}

    public static Map<String, @Nullable Object> of(SweepFindings findings) {
        return Json.object(
                "version", 1,
                "source", findings.source(),
                "kind", findings.kind(),
                "metric", findings.metric().name(),
                "mode", findings.metric().larger() ? "max" : "min",
                "runs", counts(findings.counts()),
                "settings", findings.settings().stream().map(SweepJson::setting).toList(),
                "dimensions",
                        findings.dimensions().stream().map(SweepJson::dimension).toList(),
                "notes", findings.notes());
    }

    private static Map<String, @Nullable Object> counts(RunCounts counts) {
        return Json.object(
                "all", counts.all(),
                "unfinished", counts.unfinished(),
                "unmeasured", counts.unmeasured(),
                "diverged", counts.diverged(),
                "withoutDecay", counts.withoutDecay(),
                "unplaced", counts.unplaced(),
                "inert", counts.inert());
    }

    private static Map<String, @Nullable Object> setting(SettingFindings setting) {
        TimescaleFit fit = setting.fit();
        return Json.object(
                "label", setting.label(),
                "recipe", RecipeJson.of(setting.recipe()),
                "runs", setting.places().length,
                "axis", setting.axis().unit(),
                "optimum", setting.hasOptimum() && fit != null ? optimum(setting, fit) : null,
                "edge",
                        fit == null || !fit.resolved() || fit.edge() == 0
                                ? null
                                : fit.edge() < 0 ? "smallest" : "largest",
                "resolved", fit != null && fit.resolved(),
                "lopsided", fit != null && fit.lopsided(),
                "reason", setting.reason(),
                "confounded", setting.confounded(),
                "bestRun",
                        Json.object(
                                "name", setting.best().run().name(),
                                "learningRate", setting.recipe().learningRate(),
                                "weightDecay", setting.best().recipe().weightDecay(),
                                "timescale", setting.bestPlace(),
                                "metric", setting.bestFigure()),
                "nextRuns", setting.next().stream().map(SweepJson::next).toList());
    }

    private static Map<String, @Nullable Object> optimum(SettingFindings setting, TimescaleFit fit) {
        return Json.object(
                "timescale", fit.parabola().vertex(),
                "interval", interval(fit.parabola().fiellerInterval()),
                "weightDecay", setting.weightDecay(),
                "runs", fit.used(),
                "cost",
                        OptimumWords.factors().stream()
                                .map(factor -> cost(fit.cost(factor)))
                                .toList());
    }

    private static @Nullable List<Double> interval(double @Nullable [] interval) {
        return interval == null ? null : List.of(interval[0], interval[1]);
    }

    private static Map<String, @Nullable Object> cost(Cost cost) {
        return Json.object(
                "factor", cost.factor(),
                "loss", cost.loss(),
                "interval", cost.low() == null || cost.high() == null ? null : List.of(cost.low(), cost.high()),
                "within", cost.within());
    }

    private static Map<String, @Nullable Object> next(NextRun run) {
        return Json.object(
                "learningRate", run.learningRate(),
                "weightDecay", run.weightDecay(),
                "timescale", run.place(),
                "count", run.count(),
                "reason", run.reason());
    }

    private static Map<String, @Nullable Object> dimension(DimensionFinding found) {
        return Json.object(
                "name", found.name(),
                "levels", found.levels(),
                "range", found.range(),
                "pValue", found.pValue(),
                "standsOut", found.standsOut());
    }
}
