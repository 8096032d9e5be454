package dev.wane.formats.experiment;

import dev.wane.model.Network;
import dev.wane.recipe.Recipe;
import java.util.List;

/**
 * What to train, tune and transfer: every model is tuned at the base and carried to every target.
 *
 * @param name of the output folder
 * @param task what is learned
 * @param models axis of networks
 * @param base recipe at which λ is tuned; its weight decay is unset
 * @param tuning grid of λ at the base
 * @param targets axis of changes
 * @param seeds how many runs tune and how many confirm
 * @param metric what is judged
 * @param margin largest regret, in units of the metric, that counts as "as good"; &gt; 0
 */
public record Experiment(
        String name,
        TaskSpec task,
        List<Network> models,
        Recipe base,
        Tuning tuning,
        List<TargetSpec> targets,
        SeedCounts seeds,
        Metric metric,
        double margin) {

    public Experiment {
        models = List.copyOf(models);
        targets = List.copyOf(targets);
    }

    /** The same experiment with fewer seeds and a coarser grid: {@code --quick}. */
    public Experiment quick() {
        return new Experiment(name, task, models, base, tuning.coarser(), targets, seeds.fewer(), metric, margin);
    }
}
