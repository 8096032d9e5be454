package dev.wane.lab.past;

import dev.wane.recipe.Recipe;
import dev.wane.recipe.TrainingScale;
import java.util.List;

/** What runs are laid out by: the timescale in the largest unit that is known of all of them. */
public enum TimescaleAxis {
    /** τ in epochs. */
    EPOCHS("epochs"),
    /** τ in steps, where batch or data set are unknown. */
    STEPS("steps"),
    /** 1/λ, where the optimizer has no timescale: Adam with L2, LARS, LAMB. */
    INVERSE_WEIGHT_DECAY("1/λ");

    private final String unit;

    TimescaleAxis(String unit) {
        this.unit = unit;
    }

    public String unit() {
        return unit;
    }

    /** Whether it is a timescale at all. */
    public boolean isTimescale() {
        return this != INVERSE_WEIGHT_DECAY;
    }

    static TimescaleAxis of(List<Recipe> recipes) {
        if (recipes.stream().allMatch(recipe -> Double.isNaN(steps(recipe)))) {
            return INVERSE_WEIGHT_DECAY;
        }
        return recipes.stream()
                        .allMatch(recipe ->
                                Double.isFinite(TrainingScale.of(recipe).stepsPerEpoch()))
                ? EPOCHS
                : STEPS;
    }

    /** Where a run lies; NaN where it is unknown, infinite without decay. */
    public double of(Recipe recipe) {
        Double weightDecay = recipe.weightDecay();
        if (weightDecay == null) {
            return Double.NaN;
        }
        return switch (this) {
            case EPOCHS -> steps(recipe) / TrainingScale.of(recipe).stepsPerEpoch();
            case STEPS -> steps(recipe);
            case INVERSE_WEIGHT_DECAY -> 1 / weightDecay;
        };
    }

    /** The λ that puts a run at a place, at its own learning rate; NaN where none does. */
    public double weightDecay(Recipe recipe, double place) {
        double learningRate = recipe.learningRate() == null ? Double.NaN : recipe.learningRate();
        return switch (this) {
            case EPOCHS ->
                recipe.convention()
                        .weightDecayFor(
                                learningRate,
                                1 / (place * TrainingScale.of(recipe).stepsPerEpoch()));
            case STEPS -> recipe.convention().weightDecayFor(learningRate, 1 / place);
            case INVERSE_WEIGHT_DECAY -> 1 / place;
        };
    }

    private static double steps(Recipe recipe) {
        if (recipe.learningRate() == null || recipe.weightDecay() == null) {
            return Double.NaN;
        }
        return recipe.convention().timescaleSteps(recipe.learningRate(), recipe.weightDecay());
    }
}
