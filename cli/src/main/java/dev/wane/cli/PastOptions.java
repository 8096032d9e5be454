package dev.wane.cli;

import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.runs.RunColumns;
import dev.wane.formats.runs.RunQuantity;
import dev.wane.formats.runs.RunSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How past runs are read and judged. */
final class PastOptions {
    @Option(names = "--metric", paramLabel = "NAME", description = "The figure that past runs are judged by.")
    @Nullable
    String metric;

    @Option(names = "--mode", paramLabel = "MODE", description = "Whether min or max is best; by the figure's name.")
    @Nullable
    String mode;

    @Option(
            names = "--pick",
            paramLabel = "WHICH",
            defaultValue = "last",
            description = "Of a figure that was logged often: last or best.")
    String pick = "last";

    @Option(
            names = "--column",
            paramLabel = "QUANTITY=NAME",
            description =
                    "Which setting is the learningRate, weightDecay, batchSize, datasetSize, epochs, steps, optimizer, seed …")
    List<String> columns = new ArrayList<>();

    /** Which setting is which quantity. */
    RunColumns columns(RunSet set, Problems problems) {
        return RunColumns.find(set.runs(), given(problems), problems);
    }

    private Map<RunQuantity, String> given(Problems problems) {
        Map<RunQuantity, String> given = new EnumMap<>(RunQuantity.class);
        for (String column : columns) {
            int at = column.indexOf('=');
            String name = at < 0 ? column : column.substring(0, at);
            Arrays.stream(RunQuantity.values())
                    .filter(quantity -> quantity.id().equals(name) && at > 0)
                    .findFirst()
                    .ifPresentOrElse(
                            quantity -> given.put(quantity, column.substring(at + 1)),
                            () -> problems.add(
                                    Position.option(),
                                    "--column must be QUANTITY=NAME with a quantity of "
                                            + String.join(
                                                    ", ",
                                                    Arrays.stream(RunQuantity.values())
                                                            .map(RunQuantity::id)
                                                            .toList())
                                            + ", got '" + column + "'"));
        }
        return given;
    }

    /** Reports what the options themselves have wrong. */
    void check(Problems problems) {
        choice("--mode", mode, List.of("min", "max"), problems);
        choice("--pick", pick, List.of("last", "best"), problems);
    }

    private static void choice(String option, @Nullable String text, List<String> valid, Problems problems) {
        if (text != null && !valid.contains(text)) {
            problems.add(Position.option(), option + " must be " + String.join(" or ", valid) + ", got '" + text + "'");
        }
    }
}
