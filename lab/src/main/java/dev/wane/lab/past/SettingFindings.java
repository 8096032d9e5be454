package dev.wane.lab.past;

import dev.wane.formats.runs.SweepRun;
import dev.wane.recipe.Recipe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs that differ in learning rate, λ and what is no part of a recipe.
 *
 * @param label what tells them from the other settings; {@code all runs} where there is one setting
 * @param recipe what they share, with the learning rate of the best
 * @param axis what they are laid out by
 * @param places of the runs on it
 * @param figures of the same runs, as written
 * @param learningRates of the same runs
 * @param weightDecays of the same runs
 * @param best the best single run
 * @param bestPlace where it lies
 * @param bestFigure what it reached
 * @param fit null with {@code reason}
 * @param reason why there is no best timescale
 * @param confounded whether learning rate and timescale went together, so that neither's effect can be told from the other's
 * @param next which runs would tell most
 */
@SuppressWarnings("ArrayRecordComponent")
public record SettingFindings(
        String label,
        Recipe recipe,
        TimescaleAxis axis,
        double[] places,
        double[] figures,
        double[] learningRates,
        double[] weightDecays,
        SweepRun best,
        double bestPlace,
        double bestFigure,
        @Nullable TimescaleFit fit,
        @Nullable String reason,
        boolean confounded,
        List<NextRun> next) {

    /** The λ of the best timescale at the learning rate of the best run; that of the best run where there is none. */
    public double weightDecay() {
        TimescaleFit found = fit;
        return found == null || !hasOptimum()
                ? weightDecays[bestIndex()]
                : axis.weightDecay(recipe, found.parabola().vertex());
    }

    private int bestIndex() {
        for (int i = 0; i < places.length; i++) {
            if (places[i] == bestPlace && figures[i] == bestFigure) {
                return i;
            }
        }
        throw new IllegalStateException("the best run is not among the runs");
    }

    /** Whether there is a best between the runs, which they tell from their scatter. */
    public boolean hasOptimum() {
        return fit != null && fit.edge() == 0 && fit.resolved();
    }
}
