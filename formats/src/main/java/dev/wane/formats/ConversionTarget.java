package dev.wane.formats;

import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.Node;
import dev.wane.framework.Optimizer;
import dev.wane.recipe.Recipe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a recipe is converted to.
 *
 * @param optimizer the optimizer, or a regularizer under plain SGD
 * @param regularizer what λ will belong to beside it; null for the optimizer's own
 */
public record ConversionTarget(
        Optimizer optimizer, @Nullable Optimizer regularizer) {

    /**
     * Reads a target as it is named on the command line; what is not named stays the recipe's.
     *
     * @param from null where the recipe could not be read
     * @param problems receives what is wrong
     * @return null where something is
     */
    public static @Nullable ConversionTarget read(
            @Nullable Recipe from,
            @Nullable String framework,
            @Nullable String optimizer,
            @Nullable String regularizer,
            Problems problems) {
        Map<String, Node.Entry> row = new LinkedHashMap<>();
        put(row, "framework", framework);
        put(row, "optimizer", optimizer);
        put(row, "regularizer", regularizer);
        if (from != null) {
            stays(row, from);
        }
        Problems own = new Problems();
        Fields fields = Fields.of(
                new Node.Mapping(Position.option(), row),
                "the target",
                own,
                List.of("framework", "optimizer", "regularizer"));
        if (from == null && (framework == null || (optimizer == null && regularizer == null))) {
            OptimizerReader.framework(fields);
            own.copyTo(problems);
            return null;
        }
        Optimizer to = OptimizerReader.read(fields, "the target");
        Optimizer beside = OptimizerReader.regularizer(fields);
        own.copyTo(problems);
        return to == null || !own.isEmpty() ? null : new ConversionTarget(to, to.equals(beside) ? null : beside);
    }

    private static void stays(Map<String, Node.Entry> row, Recipe from) {
        if (!row.containsKey("framework")) {
            put(row, "framework", from.optimizer().framework());
        }
        if (!row.containsKey("optimizer") && !row.containsKey("regularizer")) {
            put(row, "optimizer", from.optimizer().id());
        }
    }

    private static void put(Map<String, Node.Entry> row, String key, @Nullable String text) {
        if (text != null) {
            row.put(key, new Node.Entry(Position.option(), new Node.Scalar(Position.option(), text, false)));
        }
    }
}
