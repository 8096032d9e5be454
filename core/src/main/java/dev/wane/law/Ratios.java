package dev.wane.law;

import dev.wane.recipe.RunLength;
import org.jspecify.annotations.Nullable;

/**
 * How a target's sizes compare with the base's. A size that neither side knows did not change, and cancels; NaN where
 * only one side knows it.
 *
 * @param batch κ = B₂/B₁
 * @param stepsPerEpoch M₁/M₂
 * @param runSteps E₁M₁/(E₂M₂); NaN where a run length is unknown
 * @param width m, the target's width over the base's
 * @param depth the target's depth over the base's
 */
public record Ratios(double batch, double stepsPerEpoch, double runSteps, double width, double depth) {
    /**
     * The ratios of a change.
     *
     * @param base where λ was tuned
     * @param target where it goes
     * @return the ratios
     */
    public static Ratios of(Setting base, Setting target) {
        double batch = ratio(target.recipe().batchSize(), base.recipe().batchSize());
        double data = ratio(base.recipe().datasetSize(), target.recipe().datasetSize());
        return new Ratios(
                batch,
                data * batch,
                runSteps(base, target, data * batch),
                target.recipe().modelSize().widthMultiplier()
                        / base.recipe().modelSize().widthMultiplier(),
                target.recipe().modelSize().depthMultiplier()
                        / base.recipe().modelSize().depthMultiplier());
    }

    /** Where neither side says how long it runs, both run as many epochs; steps that are given are compared with steps. */
    private static double runSteps(Setting base, Setting target, double stepsPerEpoch) {
        if (base.recipe().length() == null && target.recipe().length() == null) {
            return stepsPerEpoch;
        }
        return target.recipe().length() instanceof RunLength.Steps
                        && base.scale().executedSteps() > 0
                ? (double) base.scale().executedSteps() / target.scale().executedSteps()
                : base.scale().runSteps() / target.scale().runSteps();
    }

    private static double ratio(@Nullable Double numerator, @Nullable Double denominator) {
        if (numerator == null && denominator == null) {
            return 1;
        }
        return numerator == null || denominator == null ? Double.NaN : numerator / denominator;
    }
}
