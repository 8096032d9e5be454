package dev.wane.formats.diff;

import dev.wane.decay.DecayConvention;
import dev.wane.formats.probe.Probe;
import dev.wane.recipe.Recipe;
import java.util.LinkedHashMap;
import java.util.Map;

/** The groups that a running optimizer has, as its probe wrote them down. */
final class ProbeSettings {
    private ProbeSettings() {}

    static RunSettings of(String source, Probe probe) {
        Map<String, Map<String, Object>> groups = new LinkedHashMap<>();
        for (int i = 0; i < probe.groups().size(); i++) {
            Map<String, Object> settings =
                    OptimizerState.settings(probe.groups().get(i));
            int index = i;
            settings.put("parameters", (double) probe.parameters().stream()
                    .filter(each -> each.group() == index)
                    .count());
            probe.row()
                    .map(row -> Recipe.of(row).build().convention())
                    .map(DecayConvention::id)
                    .ifPresent(convention -> settings.putIfAbsent("convention", convention));
            groups.put("group " + i, settings);
        }
        return RunSettings.running(source, groups);
    }
}
