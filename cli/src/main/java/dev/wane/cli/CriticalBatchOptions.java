package dev.wane.cli;

import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problems;
import dev.wane.plan.CriticalBatch;
import dev.wane.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is known of the batch beyond which the rules for batches end, and what a batch costs against it. */
final class CriticalBatchOptions {
    @Option(
            names = "--critical-batch",
            paramLabel = "N",
            description = "Measured critical batch (gradient noise scale), in the recipe's unit.")
    @Nullable
    Double measured;

    @Option(
            names = "--loss",
            paramLabel = "L",
            description = "Loss in nats per token, for Kaplan's critical batch of language models.")
    @Nullable
    Double loss;

    boolean given() {
        return measured != null || loss != null;
    }

    void check(@Nullable Recipe base, Problems problems) {
        positive("--critical-batch", measured, problems);
        positive("--loss", loss, problems);
        if (loss != null && base != null && Double.isNaN(base.tokensPerStep())) {
            problems.add(
                    Position.option(),
                    "--loss gives a batch in tokens: the recipe needs --unit tokens or --sequence-length");
        }
        if (given() && base != null && base.batchSize() == null) {
            problems.add(Position.option(), "a critical batch needs batchSize (--batch-size) to compare with");
        }
    }

    List<String> warnings(Recipe target) {
        List<String> warnings = new ArrayList<>();
        if (measured != null && target.batchSize() != null) {
            warnings.add(CriticalBatch.cost(target.batchSize(), measured));
        }
        if (loss != null) {
            warnings.add("Kaplan et al. (unchecked), tokens: "
                    + CriticalBatch.cost(target.tokensPerStep(), CriticalBatch.kaplan(loss)));
        }
        return warnings;
    }

    private static void positive(String option, @Nullable Double value, Problems problems) {
        if (value != null && !(value > 0 && value < Double.POSITIVE_INFINITY)) {
            problems.add(Position.option(), option + " must be finite and > 0, got " + value);
        }
    }
}
