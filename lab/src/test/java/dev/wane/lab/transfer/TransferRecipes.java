package dev.wane.lab.transfer;

import dev.wane.framework.Optimizer;
import dev.wane.recipe.Betas;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;

/** Recipes that the tests of this package plan from. */
final class TransferRecipes {
    private TransferRecipes() {}

    /** The base of the default example. */
    static Recipe batchFifty(double weightDecay) {
        return new Recipe(
                Optimizer.TORCH_ADAMW,
                1e-3,
                weightDecay,
                0,
                0,
                false,
                Betas.DEFAULT,
                1e-8,
                50.0,
                10_000.0,
                Recipe.Unit.SAMPLES,
                null,
                new RunLength.Epochs(20),
                false,
                new Schedule(new ScheduleShape.Cosine(0), 0));
    }
}
