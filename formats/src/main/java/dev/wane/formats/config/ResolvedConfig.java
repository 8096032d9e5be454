package dev.wane.formats.config;

import dev.wane.framework.Optimizer;
import dev.wane.lint.Context;
import dev.wane.lint.Finding;
import dev.wane.recipe.Recipe;
import dev.wane.schedule.Schedule;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that was understood.
 *
 * @param format the family's name
 * @param recipe what it trains with; null where the optimizer is not known to Wane
 * @param resolution where each quantity comes from
 * @param context what else it says of the run
 * @param findings what only the file shows: keys written twice, keys without effect
 */
public record ResolvedConfig(
        String format, @Nullable Recipe recipe, Resolution resolution, Context context, List<Finding> findings) {
    public ResolvedConfig {
        findings = List.copyOf(findings);
    }

    /** What was resolved, with the recipe that it makes where the optimizer is known to the registry. */
    static ResolvedConfig of(
            String format,
            Resolution.Builder to,
            Optional<Optimizer> row,
            Function<Resolution, @Nullable Schedule> schedule,
            Context context,
            List<Finding> findings) {
        Resolution resolution = to.build();
        return new ResolvedConfig(
                format,
                row.map(optimizer -> RecipeAssembler.of(resolution, optimizer, schedule.apply(resolution)))
                        .orElse(null),
                resolution,
                context,
                findings);
    }
}
