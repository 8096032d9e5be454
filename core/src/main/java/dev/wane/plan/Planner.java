package dev.wane.plan;

import dev.wane.explain.ExplainedGroup;
import dev.wane.law.ConstantTimescale;
import dev.wane.law.DecayLaw;
import dev.wane.law.Laws;
import dev.wane.law.Setting;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.Target;
import dev.wane.recipe.TrainingScale;
import java.util.List;
import java.util.Objects;

/** Asks every law what a change makes of a weight decay. */
public final class Planner {
    private Planner() {}

    /**
     * Plans a change.
     *
     * @param base a recipe with learning rate and weight decay
     * @param change what changes
     * @return one alternative per law
     * @throws IllegalArgumentException if the base lacks a learning rate or a weight decay
     */
    public static Plan plan(Recipe base, Target change) {
        if (base.weightDecay() == null) {
            throw new IllegalArgumentException("weightDecay of the base is needed to plan");
        }
        Recipe target = change.applyTo(base);
        List<Alternative> alternatives = Laws.all().stream()
                .map(law -> alternative(law, base, target, change))
                .toList();
        return new Plan(base, target, alternatives);
    }

    private static Alternative alternative(DecayLaw law, Recipe base, Recipe target, Target change) {
        Setting from = setting(base);
        Setting to = setting(target);
        DecayLaw.Applicability applicability = law.applicability(from, to);
        double lambda = applicability.applicable()
                ? law.weightDecay(Objects.requireNonNull(base.weightDecay()), from, to)
                : Double.NaN;
        if (applicability.applicable() && Double.isNaN(lambda)) {
            applicability = new DecayLaw.Applicability(false, "no λ keeps it: the decay per step is 1 or more");
        }
        ExplainedGroup group = ExplainedGroup.of("target", withWeightDecay(target, lambda));
        return new Alternative(
                law,
                change.rule(base),
                to.learningRate(),
                lambda,
                group.torchWeightDecay(),
                group.timescale(),
                applicability.applicable() && law instanceof ConstantTimescale && isRuled(change),
                applicability);
    }

    /** Where only the run length changes, three published answers disagree and none is recommended. */
    private static boolean isRuled(Target change) {
        return change.batchSize() != null
                || change.datasetSize() != null
                || change.learningRate() != null
                || change.learningRateRule() != null;
    }

    private static Recipe withWeightDecay(Recipe recipe, double lambda) {
        return Double.isNaN(lambda) ? recipe.withoutWeightDecay() : recipe.withWeightDecay(lambda);
    }

    private static Setting setting(Recipe recipe) {
        TrainingScale scale = TrainingScale.of(recipe);
        return new Setting(
                recipe.convention(),
                Objects.requireNonNull(recipe.learningRate()),
                recipe.scheduleOrConstant(),
                scale.stepsPerEpoch(),
                scale.epochs(),
                scale.executedSteps());
    }
}
