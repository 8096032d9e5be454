package dev.wane.formats.config;

import dev.wane.formats.RecipeReader;
import dev.wane.formats.json.RecipeJson;
import dev.wane.formats.tree.Node;
import dev.wane.lint.Context;
import dev.wane.recipe.Recipe;
import java.util.List;
import java.util.Map;

/** Wane's own recipe: what it does not say is not known, and nothing has a hidden default. */
final class WaneRecipe implements ConfigFormat {
    @Override
    public String id() {
        return "wane";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.has("learningRate", "weightDecay") || root.has("batchSize", "datasetSize");
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Recipe recipe = RecipeReader.read(sources.main());
        Resolution.Builder to = new Resolution.Builder(Defaults.none());
        RecipeJson.of(recipe).forEach((key, value) -> {
            Node.Entry entry = sources.main().entries().get(key);
            Origin origin = entry == null
                    ? new Origin.DefaultOf("Wane's recipe")
                    : new Origin.Written(entry.value().position(), key);
            to.put(key, value instanceof Map || value instanceof List ? value.toString() : value, origin);
        });
        return new ResolvedConfig(
                id(),
                recipe,
                to.build(),
                new Context(false, false, false, sources.main().entries().containsKey("weightDecay"), false),
                List.of());
    }
}
