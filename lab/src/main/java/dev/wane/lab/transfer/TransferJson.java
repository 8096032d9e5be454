package dev.wane.lab.transfer;

import dev.wane.formats.experiment.Metric;
import dev.wane.formats.json.ExplanationJson;
import dev.wane.formats.json.Json;
import dev.wane.formats.json.RecipeJson;
import dev.wane.lab.fit.Curve;
import dev.wane.lab.fit.Optimum;
import dev.wane.lab.fit.Point;
import dev.wane.law.DecayLaw;
import dev.wane.model.ExternalModel;
import dev.wane.model.ModelSpec;
import dev.wane.model.Network;
import dev.wane.plan.Alternative;
import dev.wane.recipe.TrainingScale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document that {@code wane transfer --json} prints. */
public final class TransferJson {
    private static final String CALIBRATED = "test." + Metric.CALIBRATED_NLL.id();

    private final Metric metric;

    private TransferJson(TransferResult result) {
        this.metric = result.experiment().metric();
    }

    public static Map<String, @Nullable Object> of(TransferResult result) {
        return new TransferJson(result).document(result);
    }

    private Map<String, @Nullable Object> document(TransferResult result) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("version", 1);
        json.put("experiment", result.experiment().name());
        json.put("quick", result.quick());
        json.put("metric", result.experiment().metric().id());
        json.put(
                "results",
                result.models().stream().map(model -> model(result, model)).toList());
        json.put("margin", result.experiment().margin());
        json.put("noise", result.noise());
        json.put("seeds", seeds(result));
        json.put("trials", result.trials());
        json.put("seconds", result.seconds());
        json.put(
                "failures",
                result.failures().stream().map(TransferJson::failure).toList());
        json.put("provenance", provenance(result));
        return json;
    }

    private static Map<String, @Nullable Object> failure(FailedTrial failed) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("trial", failed.trial());
        json.put("values", failed.values());
        json.put("reason", failed.reason());
        json.put("tail", failed.tail());
        return json;
    }

    private Map<String, @Nullable Object> seeds(TransferResult result) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("tune", result.experiment().seeds().tune());
        json.put("confirm", result.experiment().seeds().confirm());
        return json;
    }

    private Map<String, @Nullable Object> provenance(TransferResult result) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("code", result.provenance().code());
        json.put("engine", result.provenance().engine());
        json.put("java", result.provenance().java());
        json.put("cpu", result.provenance().cpu());
        json.put("system", result.provenance().system());
        return json;
    }

    private Map<String, @Nullable Object> model(TransferResult study, TransferResult.ModelResult result) {
        Map<String, @Nullable Object> base = new LinkedHashMap<>();
        base.put("optimum", optimum(result.optimum()));
        base.put("curve", curve(result.curve()));
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("model", model(result.model()));
        json.put("applicability", study.applicability(result.model()));
        json.put("base", base);
        json.put("targets", result.targets().stream().map(this::target).toList());
        return json;
    }

    private Map<String, @Nullable Object> model(Network network) {
        return switch (network) {
            case ModelSpec model ->
                Json.object(
                        "kind", model.kind(),
                        "norm", model.norm().id(),
                        "width", model.width(),
                        "depth", model.depth());
            case ExternalModel model -> Json.object("kind", "external", "name", model.name(), "norm", model.norm());
        };
    }

    private Map<String, @Nullable Object> target(TransferResult.TargetResult result) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("target", targetSpec(result));
        json.put(
                "planned",
                result.planned().stream().map(entry -> planned(entry, result)).toList());
        json.put("notApplicable", notApplicable(result));
        json.put("unscaled", unscaled(result));
        json.put("best", best(result));
        json.put("noise", result.noise());
        json.put("notes", notes(result));
        json.put("curve", curve(result.curve()));
        return json;
    }

    /** Why figures are null. */
    private List<String> notes(TransferResult.TargetResult target) {
        List<String> notes = new ArrayList<>();
        if (!target.unscaled().costs()) {
            notes.add("gapClosed is null: unscaled's regret does not exceed three standard errors");
        }
        if (target.optimum().low() == null) {
            notes.add("best.interval is null: the curve is too flat, or its best stands at the edge of the grid");
        }
        if (target.best().diverged() > 0) {
            notes.add("regrets are null: the best λ diverged on a fresh seed");
        }
        return notes;
    }

    private Map<String, @Nullable Object> targetSpec(TransferResult.TargetResult result) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>(RecipeJson.of(result.recipe()));
        json.remove("weightDecay");
        json.put(
                "learningRateRule",
                result.target().change().learningRate() == null
                        ? result.planned().getFirst().alternative().rule().id()
                        : "given");
        json.put("initializationScale", result.target().initializationScale());
        json.put("steps", TrainingScale.of(result.recipe()).executedSteps());
        return json;
    }

    private Map<String, @Nullable Object> planned(TransferResult.Planned planned, TransferResult.TargetResult target) {
        Judgement judgement = planned.judgement();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("law", planned.alternative().law().id());
        json.put("recommended", planned.alternative().recommended());
        putArm(judgement, target, json);
        json.put("weightDecay", planned.alternative().weightDecay());
        json.put("trainedWeightDecay", judgement.arm().weightDecay());
        json.put("gapClosed", judgement.gapClosed(target.unscaled()));
        json.put("verdict", judgement.verdict().id());
        json.put("timescale", ExplanationJson.timescale(planned.alternative().timescale()));
        return json;
    }

    private List<Map<String, @Nullable Object>> notApplicable(TransferResult.TargetResult result) {
        List<DecayLaw> trained = result.planned().stream()
                .map(planned -> planned.alternative().law())
                .toList();
        return result.plan().alternatives().stream()
                .filter(alternative -> !trained.contains(alternative.law()))
                .map(alternative -> Json.object("law", alternative.law().id(), "reason", reason(alternative)))
                .toList();
    }

    /** Silent, or left out: see {@link ConfirmedLaws}. */
    private String reason(Alternative alternative) {
        return alternative.applicability().applicable()
                ? "not trained: it sets more than λ, another law is recommended for this change, or the run was a quick one"
                : alternative.applicability().reason();
    }

    private Map<String, @Nullable Object> unscaled(TransferResult.TargetResult target) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        putArm(target.unscaled(), target, json);
        json.put("verdict", target.unscaled().verdict().id());
        json.put("weightDecayMatters", target.unscaled().regret().standsOut());
        return json;
    }

    private void putArm(Judgement judgement, TransferResult.TargetResult target, Map<String, @Nullable Object> json) {
        putFigures(judgement.arm(), json);
        json.put("regret", judgement.regret().mean());
        json.put("standardError", judgement.regret().standardError());
        json.put("interval", judgement.interval().asList());
        json.put("confidence", 1 - judgement.level());
        if (judgement.arm().has(CALIBRATED) && target.best().has(CALIBRATED)) {
            json.put(
                    "calibratedNllRegret",
                    judgement.arm().mean(CALIBRATED) - target.best().mean(CALIBRATED));
        }
    }

    private void putFigures(Arm arm, Map<String, @Nullable Object> json) {
        json.put("weightDecay", arm.weightDecay());
        json.put("metric", metric.judged(arm.mean()));
        json.put("sd", arm.deviation());
        json.put(
                "values",
                Arrays.stream(arm.values()).map(metric::judged).boxed().toList());
        for (Metric builtIn : List.of(Metric.ERROR, Metric.NLL, Metric.CALIBRATED_NLL)) {
            if (arm.has("test." + builtIn.id())) {
                json.put(builtIn.id(), arm.mean("test." + builtIn.id()));
            }
        }
        json.put("diverged", arm.diverged());
    }

    private Map<String, @Nullable Object> best(TransferResult.TargetResult target) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        putFigures(target.best(), json);
        json.put("interval", interval(target.optimum()));
        json.put("atEdge", target.optimum().atEdge());
        json.put("fitted", target.optimum().fitted());
        return json;
    }

    private Map<String, @Nullable Object> optimum(Optimum optimum) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("weightDecay", optimum.weightDecay());
        json.put("interval", interval(optimum));
        json.put("metric", metric.judged(optimum.metric()));
        json.put("atEdge", optimum.atEdge());
        json.put("fitted", optimum.fitted());
        return json;
    }

    private @Nullable List<Double> interval(Optimum optimum) {
        return optimum.low() == null || optimum.high() == null ? null : List.of(optimum.low(), optimum.high());
    }

    private List<Map<String, @Nullable Object>> curve(Curve curve) {
        return curve.points().stream().map(this::point).toList();
    }

    private Map<String, @Nullable Object> point(Point point) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("weightDecay", point.weightDecay());
        json.put(
                "validation",
                Arrays.stream(point.values()).map(metric::judged).boxed().toList());
        return json;
    }
}
