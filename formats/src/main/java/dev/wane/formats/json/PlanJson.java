package dev.wane.formats.json;

import dev.wane.explain.ExplainedGroup;
import dev.wane.law.SizeRule;
import dev.wane.plan.Alternative;
import dev.wane.plan.CriticalBatch;
import dev.wane.plan.Derivation;
import dev.wane.plan.Plan;
import dev.wane.recipe.Recipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document that {@code wane plan --json} prints. */
public final class PlanJson {
    private PlanJson() {}

    /**
     * A plan as JSON.
     *
     * @param alternatives those to print
     * @param explain whether the steps of each derivation are asked for
     */
    public static Map<String, @Nullable Object> of(Plan plan, List<Alternative> alternatives, boolean explain) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("version", 1);
        json.put("base", ExplanationJson.group(ExplainedGroup.of("base", plan.base())));
        Map<String, @Nullable Object> target = RecipeJson.of(plan.target());
        target.remove("weightDecay");
        target.remove("weightDecaySchedule");
        json.put("target", target);
        if (explain) {
            json.put("derivation", Derivation.start(plan));
        }
        json.put(
                "alternatives",
                alternatives.stream()
                        .map(alternative ->
                                explain ? explained(plan, alternative) : alternative(alternative, plan.target()))
                        .toList());
        json.put("spread", plan.spread().map(PlanJson::spread).orElse(null));
        json.put("warnings", plan.warnings());
        json.put("references", references(plan.target()));
        return json;
    }

    private static Map<String, @Nullable Object> explained(Plan plan, Alternative alternative) {
        Map<String, @Nullable Object> json = alternative(alternative, plan.target());
        json.put("derivation", alternative.applicability().applicable() ? Derivation.of(plan, alternative) : List.of());
        return json;
    }

    private static Map<String, @Nullable Object> alternative(Alternative alternative, Recipe target) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        boolean applicable = alternative.applicability().applicable();
        json.put("law", alternative.law().id());
        json.put(
                "lrRule", alternative.rateGiven() ? "given" : alternative.rule().id());
        json.put("learningRate", applicable ? alternative.learningRate() : null);
        json.put("weightDecay", alternative.weightDecay());
        if (!target.weightDecaySchedule().isConstant()) {
            json.put(
                    "weightDecaySchedule",
                    applicable ? RecipeJson.weightDecaySchedule(target, alternative.weightDecay()) : null);
        }
        json.put("torchWeightDecay", alternative.torchWeightDecay());
        json.put(
                "betas",
                List.of(
                        alternative.prescription().betas().first(),
                        alternative.prescription().betas().second()));
        json.put("eps", alternative.prescription().epsilon());
        json.put("timescale", ExplanationJson.timescale(alternative.timescale()));
        json.put("recommended", alternative.recommended());
        json.put("applicable", applicable);
        json.put("reason", alternative.applicability().reason());
        json.put("keeps", alternative.law().keeps());
        json.put("formula", alternative.law().formula());
        json.put("source", alternative.law().source());
        json.put("validity", alternative.law().validity());
        return json;
    }

    private static Map<String, Object> spread(Plan.Spread spread) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("min", spread.min());
        json.put("max", spread.max());
        return json;
    }

    /** What is published on learning rate and batch for this size and data; none of it changes λ. */
    private static List<Map<String, Object>> references(Recipe target) {
        Double parameters = target.modelSize().parameters();
        double tokens = target.tokensSeen();
        if (parameters == null || Double.isNaN(tokens)) {
            return List.of();
        }
        List<Map<String, Object>> references = new ArrayList<>(Arrays.stream(SizeRule.values())
                .map(rule -> reference(rule, parameters, tokens))
                .toList());
        Map<String, Object> batch = new LinkedHashMap<>();
        batch.put("rule", "power-lines-batch");
        batch.put("batchTokens", 2048 * CriticalBatch.powerLinesBestSequences(tokens));
        batch.put("criticalBatchTokensUnchecked", CriticalBatch.powerLines(tokens));
        batch.put("source", "arXiv:2505.13738");
        references.add(batch);
        return references;
    }

    private static Map<String, Object> reference(SizeRule rule, double parameters, double tokens) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rule", rule.id());
        json.put("learningRate", rule.learningRate(parameters, tokens));
        json.put("batchTokens", rule.batchTokens(parameters, tokens));
        json.put("torchWeightDecay", rule.weightDecay(parameters, tokens));
        json.put("validity", rule.validity());
        json.put("source", rule.source());
        return json;
    }
}
