package dev.wane.formats.experiment;

import dev.wane.formats.Fields;
import dev.wane.formats.problem.Problems;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a trial needs of sizes that a recipe may leave open: whole batches no larger than the data, whole epochs. */
final class BatchRule {
    private BatchRule() {}

    static boolean check(Fields fields, @Nullable Double batchSize, int samples, Problems problems) {
        if (batchSize == null) {
            return true;
        }
        boolean valid = batchSize == Math.rint(batchSize) && batchSize <= samples;
        if (!valid) {
            problems.add(
                    fields.position("batchSize"),
                    "batchSize must be a whole number no larger than the data set of " + samples + " samples, got "
                            + new BigDecimal(batchSize).stripTrailingZeros().toPlainString());
        }
        return valid;
    }

    static void checkEpochs(Fields fields, double epochs, Problems problems) {
        if (epochs != Math.rint(epochs)) {
            problems.add(fields.position("epochs"), "epochs of an experiment must be a whole number, got " + epochs);
        }
    }
}
