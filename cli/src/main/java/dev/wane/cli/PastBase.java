package dev.wane.cli;

import dev.wane.formats.json.Json;
import dev.wane.formats.json.RecipeJson;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import dev.wane.lab.past.OptimumWords;
import dev.wane.lab.past.SettingFindings;
import dev.wane.lab.past.SweepFindings;
import dev.wane.lab.past.TimescaleFit;
import java.util.ArrayList;
import java.util.List;

/**
 * The best of past runs as the base of a plan.
 *
 * @param tree a recipe
 * @param notes where it is from and what missing it costs
 */
record PastBase(Node tree, List<String> notes) {
    private static final int OTHERS = 5;

    static PastBase of(PlanCommand plan) {
        if (plan.file != null) {
            throw new InputException(
                    List.of(new Problem(Position.option(), "--base-from stands in the place of FILE, not beside it")));
        }
        SweepFindings findings = PastFindings.of(PastFindings.read(plan.baseFrom), plan.past, plan.recipe);
        SettingFindings setting = findings.settings().getFirst();
        String name = findings.source() + " as a recipe.json";
        return new PastBase(
                TreeReader.parse(
                        name, Json.pretty(RecipeJson.of(setting.recipe().withWeightDecay(setting.weightDecay())))),
                notes(findings, setting));
    }

    private static List<String> notes(SweepFindings findings, SettingFindings setting) {
        List<String> notes = new ArrayList<>();
        String others = findings.settings().size() == 1
                ? ""
                : " (" + setting.label() + "; of " + findings.settings().size()
                        + " settings the first of those with the most runs)";
        notes.add("the base is the best of " + OptimumWords.counts(findings) + others + ": "
                + OptimumWords.best(setting));
        findings.settings().stream()
                .skip(1)
                .limit(OTHERS)
                .filter(SettingFindings::hasOptimum)
                .forEach(other -> notes.add("measured too, " + other.label() + ": " + OptimumWords.best(other)));
        TimescaleFit fit = setting.fit();
        if (fit != null && setting.hasOptimum()) {
            OptimumWords.factors()
                    .forEach(factor -> notes.add(OptimumWords.cost(
                            fit.cost(factor), findings.metric().name())));
        }
        return notes;
    }
}
