package dev.wane.formats.json;

import dev.wane.convert.Conversion;
import dev.wane.recipe.Recipe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document that {@code wane convert --json} prints. */
public final class ConversionJson {
    private ConversionJson() {}

    /**
     * A conversion as JSON.
     *
     * @param notes what to know beside it
     */
    public static Map<String, @Nullable Object> of(Conversion conversion, String code, List<String> notes) {
        Recipe to = conversion.to();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("version", 1);
        json.put("from", RecipeJson.of(conversion.from()));
        json.put(
                "to",
                Json.object(
                        "framework", to.optimizer().framework(),
                        "optimizer", to.optimizer().id(),
                        "regularizer",
                                to.regularizer() == null
                                        ? null
                                        : to.regularizer().id(),
                        "convention", to.convention().id(),
                        "learningRate", to.learningRate(),
                        "weightDecay", to.weightDecay(),
                        "extra", extra(to)));
        json.put("exact", conversion.exact());
        json.put("difference", conversion.difference());
        json.put("notes", notes);
        json.put("code", code);
        return json;
    }

    private static Map<String, @Nullable Object> extra(Recipe to) {
        return to.family().hasBetas()
                ? Json.object("betas", List.of(to.betas().first(), to.betas().second()), "eps", to.epsilon())
                : Json.object(
                        "momentum", to.momentum().momentum(),
                        "dampening", to.momentum().dampening(),
                        "nesterov", to.momentum().nesterov());
    }
}
