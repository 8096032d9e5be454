package dev.wane.lab.transfer;

import dev.wane.framework.Registry;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;

/** Recipes that the tests of this package plan from. */
final class TransferRecipes {
    private TransferRecipes() {}

    /** The base of the default example. */
    static Recipe batchFifty(double weightDecay) {
        return Recipe.of(Registry.get("torch", "adamw"))
                .learningRate(1e-3)
                .weightDecay(weightDecay)
                .batchSize(50.0)
                .datasetSize(10_000.0)
                .length(new RunLength.Epochs(20))
                .schedule(new Schedule(new Cosine(0), 0))
                .build();
    }
}
