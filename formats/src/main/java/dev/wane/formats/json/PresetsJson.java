package dev.wane.formats.json;

import dev.wane.formats.preset.Preset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The document that {@code wane presets --json} prints. */
public final class PresetsJson {
    private PresetsJson() {}

    public static Map<String, Object> of(List<Preset> presets) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", 1);
        json.put("presets", presets.stream().map(PresetsJson::preset).toList());
        return json;
    }

    private static Map<String, Object> preset(Preset preset) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", preset.id());
        json.put("title", preset.title());
        json.put("recipe", RecipeJson.of(preset.recipe()));
        json.put("notDecayed", preset.notDecayed());
        json.put("transferBy", preset.transferBy());
        json.put("checked", preset.checked());
        json.put("source", preset.source());
        json.put("note", preset.note());
        return json;
    }
}
