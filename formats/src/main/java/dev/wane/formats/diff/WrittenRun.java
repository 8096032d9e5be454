package dev.wane.formats.diff;

import dev.wane.formats.config.Origin;
import dev.wane.formats.config.Quantity;
import dev.wane.formats.config.ResolvedConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Length and schedule of a run in the words of its file, to compare where its steps are not known.
 *
 * @param open why the schedule is not known in steps; null where it is
 * @param quantities by name; what is 0 or not said is left out
 */
public record WrittenRun(@Nullable String open, Map<String, Object> quantities) {
    /** Of what is no configuration. */
    static final WrittenRun NONE = new WrittenRun(null, Map.of());

    private static final String SCHEDULE = "schedule";
    private static final Set<String> NAMES = Set.of(
            SCHEDULE,
            "steps",
            "epochs",
            "warmupSteps",
            "warmupRatio",
            "floor",
            "floorRate",
            "decaySteps",
            "stableSteps",
            "cycles");
    /** What a recipe says of the same. */
    private static final Set<String> RESOLVED = Set.of(SCHEDULE, "steps", "epochs", "tokensSeen", "samplesSeen");

    static WrittenRun of(ResolvedConfig config) {
        Map<String, Object> quantities = new LinkedHashMap<>();
        String open = null;
        for (Quantity quantity : config.resolution().all()) {
            if (quantity.name().equals(SCHEDULE) && quantity.origin() instanceof Origin.Unresolved unresolved) {
                open = unresolved.text();
                quantities.put(SCHEDULE, unresolved.written() == null ? "not known" : unresolved.written());
            } else if (NAMES.contains(quantity.name()) && quantity.value() != null && !isZero(quantity.value())) {
                quantities.put(quantity.name(), quantity.value());
            }
        }
        return new WrittenRun(open, quantities);
    }

    private static boolean isZero(Object value) {
        return value instanceof Number number && number.doubleValue() == 0;
    }

    /** Whether it is known in steps. */
    boolean known() {
        return open == null;
    }

    /** The settings of a group, in these words in place of what a recipe says. */
    Map<String, Object> in(Map<String, Object> settings) {
        Map<String, Object> written = new LinkedHashMap<>(settings);
        written.keySet().removeAll(RESOLVED);
        written.putAll(quantities);
        return written;
    }
}
