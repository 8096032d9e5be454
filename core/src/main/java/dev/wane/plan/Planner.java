package dev.wane.plan;

import dev.wane.decay.Timescale;
import dev.wane.law.Applicability;
import dev.wane.law.DecayLaw;
import dev.wane.law.Laws;
import dev.wane.law.Prescription;
import dev.wane.law.Setting;
import dev.wane.recipe.LearningRateRule;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.Start;
import dev.wane.recipe.Target;
import dev.wane.recipe.TrainingScale;
import java.util.ArrayList;
import java.util.List;

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
        Setting from = Setting.of(base);
        Setting to = target(change, base);
        String recommended = Recommendation.of(change, from, to);
        LearningRateRule rule = change.rule(base);
        List<Alternative> alternatives = new ArrayList<>();
        for (DecayLaw law : Laws.all()) {
            alternatives.add(alternative(law, from, to, rule, law.id().equals(recommended)));
        }
        return new Plan(base, to.recipe(), alternatives, Warnings.of(change, from, to, alternatives, recommended));
    }

    private static Setting target(Target change, Recipe base) {
        Recipe recipe = change.applyTo(base);
        return new Setting(recipe, TrainingScale.of(recipe), change.learningRate() != null);
    }

    private static Alternative alternative(
            DecayLaw law, Setting base, Setting target, LearningRateRule rule, boolean recommended) {
        Applicability applicability = applicability(law, base, target);
        if (!applicability.applicable()) {
            return silent(law, target, rule, applicability);
        }
        Prescription prescription = law.prescribe(base, target);
        double lambda = prescription.weightDecay();
        double rate = prescription.learningRate();
        if (!Double.isFinite(lambda) || target.convention().decayPerStep(rate, 1, lambda) >= 1) {
            return silent(
                    law,
                    target,
                    rule,
                    new Applicability(false, "no λ keeps it: the decay per step would be 1 or more"));
        }
        Timescale timescale = Timescale.ofSteps(
                target.convention().timescaleSteps(rate, lambda),
                target.scale().stepsPerEpoch(),
                target.scale().runSteps(),
                target.scale().batchSize());
        double torch = target.convention().torchWeightDecay(rate, lambda, target.isConstant());
        return new Alternative(
                law, rule, target.rateGiven(), prescription, torch, timescale, recommended, applicability);
    }

    private static Applicability applicability(DecayLaw law, Setting base, Setting target) {
        Start start = target.recipe().start();
        return law.fromScratch() && start != Start.SCRATCH
                ? new Applicability(false, start.notFromScratch())
                : law.applicability(base, target);
    }

    private static Alternative silent(
            DecayLaw law, Setting target, LearningRateRule rule, Applicability applicability) {
        Prescription nothing = new Prescription(
                target.learningRate(),
                Double.NaN,
                target.recipe().betas(),
                target.recipe().epsilon());
        Timescale unknown = Timescale.ofSteps(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        return new Alternative(law, rule, target.rateGiven(), nothing, Double.NaN, unknown, false, applicability);
    }
}
