package dev.wane.formats.config;

import dev.wane.framework.Optimizer;
import dev.wane.lint.Context;
import dev.wane.lint.Finding;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.Start;
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
        row.ifPresent(known -> RecipeAssembler.checkLength(to.build()));
        Schedule followed = schedule.apply(to.build());
        describe(to, followed, format);
        tokens(to);
        Start start = context.start();
        if (start != Start.SCRATCH) {
            to.put("start", start.id(), new Origin.Computed(start.pull()));
        }
        Resolution resolution = to.build();
        return new ResolvedConfig(
                format,
                row.map(optimizer -> RecipeAssembler.of(resolution, optimizer, followed, context.start()))
                        .orElse(null),
                resolution,
                context,
                findings.stream()
                        .filter(finding ->
                                !finding.rule().equals("decayed-1d") || (row.isPresent() && decays(resolution)))
                        .toList());
    }

    /** What is not decayed at all is not decayed where it should not be. */
    private static boolean decays(Resolution resolution) {
        Double weightDecay = resolution.number("weightDecay");
        return weightDecay == null || weightDecay != 0;
    }

    /** A batch in samples of known length is a batch in tokens too. */
    private static void tokens(Resolution.Builder to) {
        Double batch = to.number("batchSize");
        Double sequence = to.number("sequenceLength");
        if (batch != null && sequence != null && !"tokens".equals(to.text("unit"))) {
            to.put("batchTokens", batch * sequence, new Origin.Computed("batchSize · sequenceLength"));
        }
    }

    /** How the schedule was understood, where no key says it in a word, and that it was not. */
    private static void describe(Resolution.Builder to, @Nullable Schedule schedule, String format) {
        String name = to.text("schedule");
        if (schedule == null) {
            String which = name == null ? "the schedule" : "the schedule '" + name + "'";
            to.put(
                    "schedule",
                    null,
                    new Origin.Unresolved(
                            which
                                    + " is said elsewhere, needs a length that is unknown, or is not followed: figures of the"
                                    + " run are unknown",
                            name));
        } else if (name == null) {
            to.put("schedule", text(schedule), new Origin.Computed("as " + format + " schedules it"));
        }
    }

    private static String text(Schedule schedule) {
        String warmup = schedule.warmupSteps() == 0 ? "" : " after " + schedule.warmupSteps() + " warm-up steps";
        return schedule.shape().id() + warmup;
    }
}
