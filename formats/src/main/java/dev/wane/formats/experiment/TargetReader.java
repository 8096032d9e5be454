package dev.wane.formats.experiment;

import dev.wane.formats.Fields;
import dev.wane.formats.NumberRule;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.Node;
import dev.wane.recipe.LearningRateRule;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.recipe.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one target of an experiment. */
final class TargetReader {
    private static final List<String> KEYS =
            List.of("batchSize", "datasetSize", "epochs", "learningRate", "learningRateRule", "initializationScale");

    private final Problems problems;
    private final @Nullable Recipe base;
    private final @Nullable TaskSpec task;

    TargetReader(Problems problems, @Nullable Recipe base, @Nullable TaskSpec task) {
        this.problems = problems;
        this.base = base;
        this.task = task;
    }

    @Nullable
    TargetSpec read(Node node) {
        Fields fields = Fields.of(node, "a target", problems, KEYS);
        Double batchSize = fields.number("batchSize", NumberRule.POSITIVE);
        long available = task == null ? Integer.MAX_VALUE : task.samples();
        Long datasetSize = fields.integer("datasetSize", 10, available);
        Double epochs = fields.number("epochs", NumberRule.POSITIVE);
        Double learningRate = fields.number("learningRate", NumberRule.POSITIVE);
        LearningRateRule rule = fields.choice(
                "learningRateRule", ExperimentReader.byId(LearningRateRule.values(), LearningRateRule::id));
        double scale = fields.number("initializationScale", NumberRule.POSITIVE, 1);
        if (KEYS.stream().noneMatch(fields::has)) {
            problems.add(node.position(), "a target must change something: " + String.join(", ", KEYS));
        }
        if (learningRate != null && rule != null) {
            fields.problem("learningRateRule", "give learningRate or learningRateRule, not both");
        }
        if (epochs != null) {
            BatchRule.checkEpochs(fields, epochs, problems);
        }
        checkBatch(fields, batchSize, datasetSize);
        Target change = Target.change()
                .batchSize(batchSize)
                .datasetSize(datasetSize == null ? null : datasetSize.doubleValue())
                .learningRate(learningRate)
                .learningRateRule(rule)
                .length(epochs == null ? null : new RunLength.Epochs(epochs))
                .build();
        return new TargetSpec(change, scale);
    }

    private void checkBatch(Fields fields, @Nullable Double batchSize, @Nullable Long datasetSize) {
        if (task == null || base == null) {
            return;
        }
        int samples = datasetSize == null ? task.samples() : datasetSize.intValue();
        BatchRule.check(fields, batchSize == null ? base.batchSize() : batchSize, samples, problems);
    }
}
