package dev.wane.formats.json;

import dev.wane.groups.DecayMap;
import dev.wane.groups.KnownModel;
import dev.wane.groups.SeenStart;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document that {@code wane groups --json} prints. */
public final class GroupsJson {
    private GroupsJson() {}

    public static Map<String, @Nullable Object> of(DecayMap map, KnownModel model) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("version", 1);
        json.put("policy", map.policy());
        json.put("parameters", map.entries().stream().map(GroupsJson::parameter).toList());
        Map<String, Object> roles = new LinkedHashMap<>();
        map.counts().forEach((role, count) -> roles.put(role.id(), count));
        json.put(
                "summary",
                Json.object(
                        "parameters", map.entries().size(),
                        "decayed",
                                map.entries().stream()
                                        .filter(DecayMap.Entry::decay)
                                        .count(),
                        "missed",
                                map.missed().stream()
                                        .map(entry -> entry.parameter().name())
                                        .toList(),
                        "doubtful",
                                map.entries().stream()
                                        .filter(entry -> entry.role().doubtful())
                                        .count(),
                        "roles", roles));
        json.put("applicability", model.applicability());
        json.put("normalisedShare", model.normalised().share());
        json.put("start", model.start().map(GroupsJson::start).orElse(null));
        return json;
    }

    /**
     * The document of {@code --check}.
     *
     * @param model what is known of the model
     * @param golden the map that was kept
     * @param differences lines of what differs from it
     */
    public static Map<String, @Nullable Object> checked(
            DecayMap map, KnownModel model, Path golden, List<String> differences) {
        Map<String, @Nullable Object> json = of(map, model);
        json.put(
                "check",
                Json.object("file", golden.toString(), "equal", differences.isEmpty(), "differences", differences));
        return json;
    }

    static Map<String, @Nullable Object> start(SeenStart seen) {
        return Json.object(
                "kind", seen.start().id(),
                "evidence", seen.evidence(),
                "pull", seen.start().pull());
    }

    private static Map<String, @Nullable Object> parameter(DecayMap.Entry entry) {
        return Json.object(
                "name", entry.parameter().name(),
                "shape", entry.parameter().shapeKnown() ? entry.parameter().shape() : null,
                "role", entry.role().role().id(),
                "decay", entry.decay(),
                "reason", entry.role().reason() + "; " + entry.rule(),
                "doubtful", entry.role().doubtful());
    }
}
