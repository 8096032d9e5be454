package dev.wane.lab.transfer;

import dev.wane.engine.Torch;
import dev.wane.formats.experiment.CommandTaskSpec;
import dev.wane.formats.experiment.Experiment;
import dev.wane.formats.experiment.ImageTaskSpec;
import dev.wane.formats.json.RecipeJson;
import dev.wane.lab.trial.EngineTrialSpec;
import dev.wane.lab.trial.Tasks;
import dev.wane.lab.trial.TrialSpec;
import dev.wane.model.ModelSpec;
import dev.wane.model.Network;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.schedule.Schedule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * Turns an experiment's settings into trials. Tuning and confirmation never share a seed; only confirmation reads the
 * test set.
 */
final class Trials {
    private static final long FIRST_TUNING_SEED = 1;
    private static final long FIRST_CONFIRMATION_SEED = 1001;
    private static final int THREADS = 1;

    private final Experiment experiment;
    private final Map<String, String> checksums;

    Trials(Experiment experiment) {
        this.experiment = experiment;
        this.checksums = switch (experiment.task()) {
            case ImageTaskSpec images -> Tasks.checksums(images.data());
            case CommandTaskSpec command -> CommandTrials.inputs(command);
        };
    }

    /**
     * A network under a recipe.
     *
     * @param recipe with learning rate, batch size, data-set size and epochs; its λ is set per trial
     */
    record Arrangement(Network model, Recipe recipe, double initializationScale) {}

    /** One trial per tuning seed, in seed order; judged on validation. */
    List<TrialSpec> tuning(Arrangement arrangement, double weightDecay) {
        return seeds(FIRST_TUNING_SEED, experiment.seeds().tune())
                .mapToObj(seed -> spec(arrangement, weightDecay, seed, false))
                .toList();
    }

    /** One trial per confirmation seed, in seed order; judged on test. */
    List<TrialSpec> confirmation(Arrangement arrangement, double weightDecay) {
        return seeds(FIRST_CONFIRMATION_SEED, experiment.seeds().confirm())
                .mapToObj(seed -> spec(arrangement, weightDecay, seed, true))
                .toList();
    }

    private static LongStream seeds(long first, int count) {
        return LongStream.range(first, first + count);
    }

    private TrialSpec spec(Arrangement arrangement, double weightDecay, long seed, boolean test) {
        return switch (experiment.task()) {
            case ImageTaskSpec images -> spec(images, arrangement, weightDecay, seed, test);
            case CommandTaskSpec command ->
                CommandTrials.spec(command, experiment.metric().larger(), checksums, arrangement, weightDecay, seed);
        };
    }

    private EngineTrialSpec spec(
            ImageTaskSpec task, Arrangement arrangement, double weightDecay, long seed, boolean test) {
        Recipe recipe = arrangement.recipe();
        int samples = Objects.requireNonNull(recipe.datasetSize()).intValue();
        return new EngineTrialSpec(
                EngineTrialSpec.SCHEMA,
                new EngineTrialSpec.Task(task.data(), checksums, samples, task.validation(), task.labelNoise(), test),
                model(arrangement),
                recipe(recipe, weightDecay),
                seed,
                THREADS,
                Torch.NUMERICS_VERSION);
    }

    private static EngineTrialSpec.Model model(Arrangement arrangement) {
        ModelSpec model = (ModelSpec) arrangement.model();
        return new EngineTrialSpec.Model(
                model.kind(),
                model.norm().id(),
                model.width(),
                model.depth(),
                model.gainLearningRate(),
                arrangement.initializationScale());
    }

    private static EngineTrialSpec.Recipe recipe(Recipe recipe, double weightDecay) {
        return new EngineTrialSpec.Recipe(
                recipe.optimizer().framework(),
                recipe.optimizer().id(),
                Objects.requireNonNull(recipe.learningRate()),
                weightDecay,
                List.of(recipe.betas().first(), recipe.betas().second()),
                recipe.epsilon(),
                Objects.requireNonNull(recipe.batchSize()).intValue(),
                (int) ((RunLength.Epochs) Objects.requireNonNull(recipe.length())).amount(),
                schedule(recipe.scheduleOrConstant()));
    }

    private static EngineTrialSpec.Schedule schedule(Schedule schedule) {
        Object floor = RecipeJson.schedule(schedule).getOrDefault("floor", 0.0);
        return new EngineTrialSpec.Schedule(schedule.shape().id(), schedule.warmupSteps(), (Double) floor);
    }
}
