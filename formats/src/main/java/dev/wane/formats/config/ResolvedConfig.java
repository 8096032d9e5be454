package dev.wane.formats.config;

import dev.wane.lint.Context;
import dev.wane.lint.Finding;
import dev.wane.recipe.Recipe;
import java.util.List;
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
}
