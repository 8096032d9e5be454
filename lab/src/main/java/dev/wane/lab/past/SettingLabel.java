package dev.wane.lab.past;

import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tells settings apart, in words. */
final class SettingLabel {
    private SettingLabel() {}

    static Map<Recipe, String> of(List<Recipe> settings) {
        List<Map<String, String>> parts =
                settings.stream().map(SettingLabel::parts).toList();
        Map<Recipe, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < settings.size(); i++) {
            List<String> told = new ArrayList<>();
            parts.get(i).forEach((name, value) -> {
                if (parts.stream().map(each -> each.get(name)).distinct().count() > 1) {
                    told.add((name + " " + value).strip());
                }
            });
            labels.put(settings.get(i), told.isEmpty() ? "all runs" : String.join(", ", told));
        }
        return labels;
    }

    private static Map<String, String> parts(Recipe recipe) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("", recipe.meaning().framework() + " " + recipe.optimizer().id());
        parts.put("batch size", number(recipe.batchSize()));
        parts.put("data-set size", number(recipe.datasetSize()));
        switch (recipe.length()) {
            case null -> parts.put("length", "unknown");
            case RunLength.Epochs given -> parts.put("epochs", number(given.amount()));
            case RunLength.Steps given -> parts.put("steps", number((double) given.count()));
            case RunLength.TokensSeen given -> parts.put("tokens seen", number(given.amount()));
            case RunLength.SamplesSeen given -> parts.put("samples seen", number(given.amount()));
        }
        parts.put("schedule", recipe.scheduleOrConstant().toString());
        parts.put("momentum", recipe.momentum().toString());
        return parts;
    }

    private static String number(@Nullable Double value) {
        return value == null
                ? "unknown"
                : new BigDecimal(value)
                        .round(new MathContext(6))
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
