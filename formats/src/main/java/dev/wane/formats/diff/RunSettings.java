package dev.wane.formats.diff;

import dev.wane.explain.ExplainedGroup;
import dev.wane.formats.config.Quantity;
import dev.wane.formats.config.ResolvedConfig;
import dev.wane.formats.json.RecipeJson;
import dev.wane.recipe.Recipe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run trains with, by parameter group.
 *
 * @param source the file
 * @param checkpoint whether it is the state of an optimizer, saved or running, and no configuration
 * @param running whether that optimizer was seen at work; else a resume loads it over what the script sets
 * @param groups quantities of each group, by the group's name, at least one; unknown ones are left out
 * @param run quantities of the whole run that stand apart from those of its groups, as in a trainer's state
 * @param recipe what a configuration resolves to; null for a checkpoint, or where its optimizer is not known
 * @param excluded what the program of a configuration does not decay by itself; empty where that is nothing or unknown
 * @param written length and schedule as a configuration's file says them
 */
public record RunSettings(
        String source,
        boolean checkpoint,
        boolean running,
        Map<String, Map<String, Object>> groups,
        Map<String, Object> run,
        @Nullable Recipe recipe,
        String excluded,
        WrittenRun written) {
    /** The only group of a configuration. */
    static final String DEFAULT = "default";

    private static final Set<String> NO_SETTINGS = Set.of("unit", "dropLast", "widthMultiplier", "depthMultiplier");
    /** Of programs that make the groups themselves, whatever is configured. */
    private static final Set<String> BY_THE_PROGRAM = Set.of(
            "bias, normalisation modules", "bias, normalisation", "1-D, .bias, no_weight_decay()", "bias, 1-D", "1-D");

    private static final List<String> FACTORS = List.of("microBatchSize", "accumulation", "replicas");

    public RunSettings {
        groups = new LinkedHashMap<>(groups);
        run = new LinkedHashMap<>(run);
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("settings need a group, got none");
        }
    }

    /** What a checkpoint holds. */
    static RunSettings checkpoint(String source, Map<String, Map<String, Object>> groups) {
        return new RunSettings(source, true, false, groups, Map.of(), null, "", WrittenRun.NONE);
    }

    /** What an optimizer has that is at work. */
    static RunSettings running(String source, Map<String, Map<String, Object>> groups) {
        return new RunSettings(source, true, true, groups, Map.of(), null, "", WrittenRun.NONE);
    }

    /** The same of a run of which a trainer's state says more. */
    RunSettings ofRun(RunSettings trainer) {
        return new RunSettings(source, checkpoint, running, groups, trainer.run(), recipe, excluded, written);
    }

    /** Whether anything is known of a group. */
    boolean hasGroups() {
        return groups.values().stream().anyMatch(group -> !group.isEmpty());
    }

    /** What holds for the whole run: a configuration says it beside what its only group trains with. */
    Map<String, Object> whole() {
        return checkpoint ? run : groups.values().iterator().next();
    }

    /** Those of a configuration. */
    public static RunSettings of(String source, ResolvedConfig config) {
        Map<String, Object> values = new LinkedHashMap<>();
        Recipe recipe = config.recipe();
        if (recipe == null) {
            config.resolution().all().forEach(quantity -> put(values, quantity));
        } else {
            RecipeJson.of(recipe).forEach((key, value) -> {
                if (value != null && !NO_SETTINGS.contains(key)) {
                    values.put(key, value);
                }
            });
            values.put("convention", recipe.convention().id());
            ExplainedGroup group = ExplainedGroup.of(DEFAULT, recipe);
            number(values, "decayPerStep", group.decayPerStep());
            number(values, "timescale.steps", group.timescale().steps());
            number(values, "timescale.epochs", group.timescale().epochs());
            FACTORS.forEach(name -> config.resolution().all().stream()
                    .filter(quantity -> quantity.name().equals(name))
                    .forEach(quantity -> put(values, quantity)));
        }
        String excluded = recipe == null ? "" : recipe.optimizer().excluded();
        return new RunSettings(
                source,
                false,
                false,
                Map.of(DEFAULT, values),
                Map.of(),
                recipe,
                BY_THE_PROGRAM.contains(excluded) ? excluded : "",
                WrittenRun.of(config));
    }

    /** The same to compare with another: where the schedule of one is not known in steps, both say it in their files' words. */
    RunSettings beside(RunSettings other) {
        if (checkpoint || (written.known() && other.written().known())) {
            return this;
        }
        Map<String, Map<String, Object>> inWords = new LinkedHashMap<>();
        groups.forEach((name, settings) -> inWords.put(name, written.in(settings)));
        return new RunSettings(source, checkpoint, running, inWords, run, recipe, excluded, written);
    }

    private static void put(Map<String, Object> values, Quantity quantity) {
        if (quantity.value() != null) {
            values.put(quantity.name(), Objects.requireNonNull(quantity.value()));
        }
    }

    private static void number(Map<String, Object> values, String name, double value) {
        if (Double.isFinite(value)) {
            values.put(name, value);
        }
    }
}
