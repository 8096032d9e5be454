package dev.wane.formats.json;

import dev.wane.elastic.Rescale;
import dev.wane.elastic.RescalePolicy;
import dev.wane.elastic.RunState;
import dev.wane.recipe.Betas;
import dev.wane.recipe.ModelEma;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document that {@code wane plan --rescale --json} prints; its state can be given back. */
public final class RescaleJson {
    private RescaleJson() {}

    public static Map<String, @Nullable Object> of(Rescale rescale) {
        Betas betas = rescale.values().betas();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("version", 1);
        json.put("learningRate", rescale.values().learningRate());
        json.put("weightDecay", rescale.values().weightDecay());
        json.put(
                "weightDecaySchedule",
                RecipeJson.weightDecaySchedule(
                        rescale.state().reference(), rescale.values().weightDecay()));
        json.put("betas", List.of(betas.first(), betas.second()));
        json.put("eps", rescale.values().epsilon());
        ModelEma average = rescale.modelEma();
        json.put("modelEma", average == null ? null : average.momentum());
        json.put("warmupSteps", rescale.warmupSteps());
        json.put("scheduleMultiplier", rescale.multiplier());
        json.put("learningRateNow", rescale.multiplier() * rescale.values().learningRate());
        json.put("schedule", RecipeJson.schedule(rescale.schedule()));
        json.put("accepted", rescale.accepted());
        json.put("reason", rescale.reason());
        json.put("warnings", rescale.warnings());
        json.put("state", state(rescale.state()));
        return json;
    }

    private static Map<String, @Nullable Object> state(RunState state) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("version", 1);
        json.put("reference", RecipeJson.of(state.reference()));
        json.put("samplesSeen", state.samplesSeen());
        json.put("batchSize", state.batchSize());
        json.put("policy", policy(state.policy()));
        return json;
    }

    private static Map<String, @Nullable Object> policy(RescalePolicy policy) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("learningRateRule", policy.learningRateRule().id());
        json.put("scaleBetas", policy.scaleBetas());
        json.put("criticalBatch", policy.criticalBatch());
        json.put("warmupSamples", policy.warmupSamples());
        return json;
    }
}
