package dev.wane.formats.json;

import dev.wane.decay.Timescale;
import dev.wane.dynamics.Equilibrium;
import dev.wane.dynamics.Memory;
import dev.wane.explain.ExplainedGroup;
import dev.wane.explain.Explanation;
import dev.wane.recipe.ModelEma;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.TrainingScale;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document that {@code wane explain --json} prints. */
public final class ExplanationJson {
    private ExplanationJson() {}

    public static Map<String, @Nullable Object> of(Explanation explanation) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("version", 1);
        json.put("recipe", RecipeJson.of(explanation.recipe()));
        json.put(
                "groups",
                explanation.groups().stream().map(ExplanationJson::group).toList());
        json.put("memory", memory(explanation.memory()));
        json.put("modelEma", modelEma(explanation.recipe()));
        json.put("equivalentGrowthPerStep", explanation.equivalentGrowth());
        json.put("intrinsicLearningRate", explanation.intrinsicLearningRate());
        json.put("notes", explanation.notes());
        return json;
    }

    public static Map<String, @Nullable Object> group(ExplainedGroup group) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", group.name());
        json.put("convention", group.convention().id());
        json.put("learningRate", group.learningRate());
        json.put("weightDecay", group.weightDecay());
        json.put("torchWeightDecay", group.torchWeightDecay());
        json.put("decayPerStep", group.decayPerStep());
        json.put("timescale", timescale(group.timescale()));
        json.put("halfLifeSteps", group.halfLifeSteps());
        json.put("totalDecay", group.retention().total());
        Map<String, @Nullable Object> retention = new LinkedHashMap<>();
        retention.put("perEpoch", group.retentionPerEpoch());
        retention.put("run", group.retention().run());
        json.put("retention", retention);
        json.put("effectiveDecay", group.retention().effective());
        json.put("verdict", group.verdict().id());
        json.put("equilibrium", equilibrium(group.equilibrium()));
        return json;
    }

    public static Map<String, @Nullable Object> timescale(Timescale timescale) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("steps", timescale.steps());
        json.put("epochs", timescale.epochs());
        json.put("runFraction", timescale.runFraction());
        json.put("samples", timescale.samples());
        return json;
    }

    private static @Nullable Map<String, @Nullable Object> equilibrium(@Nullable Equilibrium equilibrium) {
        if (equilibrium == null) {
            return null;
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("rms", equilibrium.rms());
        json.put("rotationPerStep", equilibrium.rotationPerStep());
        json.put("relaxationSteps", equilibrium.relaxationSteps());
        return json;
    }

    /** How long a model average remembers, in the figures of a decay's timescale. */
    private static @Nullable Map<String, @Nullable Object> modelEma(Recipe recipe) {
        ModelEma average = recipe.modelEma();
        if (average == null) {
            return null;
        }
        TrainingScale scale = TrainingScale.of(recipe);
        return Json.object(
                "momentum",
                average.momentum(),
                "timescale",
                timescale(Timescale.ofSteps(
                        average.timescaleSteps(), scale.stepsPerEpoch(), scale.runSteps(), scale.batchSize())));
    }

    private static @Nullable Map<String, @Nullable Object> memory(@Nullable Memory memory) {
        if (memory == null) {
            return null;
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("initialWeight", memory.initialWeight());
        json.put("lastTenthMass", memory.lastTenthMass());
        json.put("effectiveSteps", memory.effectiveSteps());
        return json;
    }
}
