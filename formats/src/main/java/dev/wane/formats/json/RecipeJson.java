package dev.wane.formats.json;

import dev.wane.recipe.BatchParts;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.recipe.Start;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.CosineRestarts;
import dev.wane.schedule.InverseSqrt;
import dev.wane.schedule.InverseTime;
import dev.wane.schedule.Linear;
import dev.wane.schedule.Piecewise;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import dev.wane.schedule.UnderWarmup;
import dev.wane.schedule.Wsd;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A recipe as JSON, with the keys of a recipe file. */
public final class RecipeJson {
    private RecipeJson() {}

    public static Map<String, @Nullable Object> of(Recipe recipe) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("framework", recipe.optimizer().framework());
        json.put("optimizer", recipe.optimizer().id());
        if (recipe.regularizer() != null && !recipe.regularizer().equals(recipe.optimizer())) {
            json.put("regularizer", recipe.regularizer().id());
        }
        json.put("learningRate", recipe.learningRate());
        json.put("weightDecay", recipe.weightDecay());
        if (recipe.weightDecay() != null && !recipe.weightDecaySchedule().isConstant()) {
            json.put("weightDecaySchedule", weightDecaySchedule(recipe, recipe.weightDecay()));
        }
        if (recipe.family().hasBetas()) {
            json.put("betas", List.of(recipe.betas().first(), recipe.betas().second()));
            json.put("eps", recipe.epsilon());
        } else {
            json.put("momentum", recipe.momentum().momentum());
            json.put("dampening", recipe.momentum().dampening());
            json.put("nesterov", recipe.momentum().nesterov());
        }
        json.put("batchSize", recipe.batchSize());
        batchParts(recipe.batchParts(), json);
        json.put("datasetSize", recipe.datasetSize());
        json.put("unit", recipe.unit().id());
        if (recipe.sequenceLength() != null) {
            json.put("sequenceLength", recipe.sequenceLength());
        }
        length(recipe, json);
        json.put("dropLast", recipe.dropLast());
        if (recipe.skippedSteps() > 0) {
            json.put("skippedSteps", recipe.skippedSteps());
        }
        json.put("schedule", schedule(recipe.scheduleOrConstant()));
        if (recipe.modelSize().parameters() != null) {
            json.put("parameters", recipe.modelSize().parameters());
        }
        json.put("widthMultiplier", recipe.modelSize().widthMultiplier());
        json.put("depthMultiplier", recipe.modelSize().depthMultiplier());
        if (recipe.cautious()) {
            json.put("cautious", true);
        }
        if (recipe.bfloat16Weights()) {
            json.put("bfloat16Weights", true);
        }
        if (recipe.modelEma() != null) {
            json.put("modelEma", recipe.modelEma().momentum());
        }
        if (recipe.start() != Start.SCRATCH) {
            json.put("start", recipe.start().id());
        }
        return json;
    }

    private static void batchParts(@Nullable BatchParts parts, Map<String, @Nullable Object> json) {
        if (parts != null) {
            json.put("microBatchSize", parts.microBatchSize());
            json.put("accumulation", parts.accumulation());
            json.put("replicas", parts.replicas());
        }
    }

    public static Map<String, Object> schedule(Schedule schedule) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", schedule.shape().id());
        json.put("warmupSteps", schedule.warmupSteps());
        shape(schedule.shape(), json);
        return json;
    }

    private static void shape(ScheduleShape shape, Map<String, Object> json) {
        switch (shape) {
            case Constant ignored -> {}
            case Cosine cosine -> json.put("floor", cosine.floor());
            case Linear linear -> json.put("floor", linear.floor());
            case Wsd wsd -> {
                json.put("decaySteps", wsd.decaySteps());
                json.put("floor", wsd.floor());
            }
            case InverseTime inverse -> json.put("decaySteps", inverse.decaySteps());
            case InverseSqrt inverse -> json.put("decaySteps", inverse.decaySteps());
            case CosineRestarts restarts -> {
                json.put("decaySteps", restarts.period());
                json.put("growth", restarts.growth());
                json.put("floor", restarts.floor());
            }
            case Piecewise piecewise ->
                json.put(
                        "points",
                        piecewise.points().stream()
                                .map(point -> List.of(point.step(), point.multiplier()))
                                .toList());
            case UnderWarmup under -> shape(under.inner(), json);
        }
    }

    private static void length(Recipe recipe, Map<String, @Nullable Object> json) {
        switch (recipe.length()) {
            case null -> json.put("epochs", null);
            case RunLength.Epochs epochs -> json.put("epochs", epochs.amount());
            case RunLength.Steps steps -> json.put("steps", steps.count());
            case RunLength.TokensSeen tokens -> json.put("tokensSeen", tokens.amount());
            case RunLength.SamplesSeen samples -> json.put("samplesSeen", samples.amount());
        }
    }

    /** Where λ goes from a start; null where it stays. */
    static @Nullable Map<String, @Nullable Object> weightDecaySchedule(Recipe recipe, double start) {
        return recipe.weightDecaySchedule().isConstant()
                ? null
                : Json.object(
                        "kind",
                        recipe.weightDecaySchedule().kind().id(),
                        "end",
                        start * recipe.weightDecaySchedule().end());
    }
}
