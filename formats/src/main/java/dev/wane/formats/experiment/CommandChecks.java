package dev.wane.formats.experiment;

import dev.wane.formats.Fields;
import dev.wane.recipe.LearningRateRule;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.recipe.Target;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a command must be told: a quantity that the study changes and the program never hears of would make all trials equal. */
final class CommandChecks {
    private final Fields experiment;
    private final CommandTaskSpec task;

    CommandChecks(Fields experiment, CommandTaskSpec task) {
        this.experiment = experiment;
        this.task = task;
    }

    void check(List<TargetSpec> targets, int models, @Nullable Recipe base) {
        if (models > 1) {
            need("model", "several are listed, and would all be the same");
        }
        need("weightDecay", "it is what is tuned");
        need("seed", "runs of one λ would all be the same");
        if (task.metric().kind() != MetricSource.Kind.OUTPUT) {
            need("dir", "the metric is looked for in the trial's own folder");
        }
        List<Target> changes = targets.stream().map(TargetSpec::change).toList();
        if (changes.stream().anyMatch(change -> change.batchSize() != null)) {
            need("batchSize", "a target changes it");
        }
        if (changes.stream().anyMatch(CommandChecks::movesLearningRate)) {
            need("learningRate", "a target changes it");
        }
        if (changes.stream().anyMatch(change -> change.datasetSize() != null)) {
            need("datasetSize", "a target changes it");
        }
        boolean stepsMove = base != null
                && base.length() instanceof RunLength.Steps
                && changes.stream().anyMatch(change -> change.batchSize() != null || change.datasetSize() != null);
        if (stepsMove) {
            needOneOf(Set.of("epochs", "steps"), "with the batch the base's steps change");
        }
        if (changes.stream().anyMatch(change -> change.length() != null)) {
            needOneOf(Set.of("epochs", "steps"), "a target changes the length");
        }
    }

    private static boolean movesLearningRate(Target change) {
        return change.learningRate() != null
                || (change.batchSize() != null && change.learningRateRule() != LearningRateRule.CONSTANT);
    }

    private void need(String placeholder, String why) {
        needOneOf(Set.of(placeholder), why);
    }

    private void needOneOf(Set<String> placeholders, String why) {
        if (placeholders.stream().noneMatch(task.placeholders()::contains)) {
            experiment.problem(
                    "task",
                    "the command must hold {"
                            + String.join(
                                    "} or {", placeholders.stream().sorted().toList()) + "}: " + why);
        }
    }
}
