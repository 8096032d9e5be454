package dev.wane.formats.json;

import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
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
        json.put("learningRate", recipe.learningRate());
        json.put("weightDecay", recipe.weightDecay());
        if (recipe.optimizer().adaptive()) {
            json.put("betas", List.of(recipe.betas().first(), recipe.betas().second()));
            json.put("eps", recipe.epsilon());
        } else {
            json.put("momentum", recipe.momentum());
            json.put("dampening", recipe.dampening());
            json.put("nesterov", recipe.nesterov());
        }
        json.put("batchSize", recipe.batchSize());
        json.put("datasetSize", recipe.datasetSize());
        json.put("unit", recipe.unit().id());
        if (recipe.sequenceLength() != null) {
            json.put("sequenceLength", recipe.sequenceLength());
        }
        length(recipe, json);
        json.put("dropLast", recipe.dropLast());
        json.put("schedule", schedule(recipe.scheduleOrConstant()));
        return json;
    }

    public static Map<String, Object> schedule(Schedule schedule) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", schedule.shape().id());
        json.put("warmupSteps", schedule.warmupSteps());
        switch (schedule.shape()) {
            case ScheduleShape.Constant ignored -> {}
            case ScheduleShape.Cosine cosine -> json.put("floor", cosine.floor());
            case ScheduleShape.Linear linear -> json.put("floor", linear.floor());
        }
        return json;
    }

    private static void length(Recipe recipe, Map<String, @Nullable Object> json) {
        switch (recipe.length()) {
            case null -> json.put("epochs", null);
            case RunLength.Epochs epochs -> json.put("epochs", epochs.amount());
            case RunLength.Steps steps -> json.put("steps", steps.count());
            case RunLength.TokensSeen tokens -> json.put("tokensSeen", tokens.amount());
        }
    }
}
