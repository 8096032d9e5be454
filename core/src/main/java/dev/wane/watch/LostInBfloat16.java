package dev.wane.watch;

import dev.wane.recipe.Recipe;
import java.util.List;
import java.util.stream.Stream;

/**
 * A decay below half of bfloat16's spacing is rounded away: w·(1 − d) is w again where d &lt; 2⁻⁹, for every w with a full
 * mantissa's spacing of 2⁻⁸·w and more. A decay that is one sum with the update is rounded with it, and lost where the update is.
 */
final class LostInBfloat16 implements Diagnoser {
    private static final double SPACING = Math.scalb(1.0, -9);

    @Override
    public List<Diagnosis> look(WatchedRun run) {
        Recipe recipe = run.recipe();
        Trace rate = run.learningRate().orElse(null);
        List<WatchedParameter> lost = run.parameters().stream()
                .filter(parameter -> parameter.decayed() && parameter.roundedApart())
                .toList();
        if (recipe == null
                || rate == null
                || lost.isEmpty()
                || !recipe.meaning().order().apart()) {
            return List.of();
        }
        double decay =
                recipe.convention().decayPerStep(rate.max(), 1, lost.getFirst().weightDecay());
        return Stream.of(lost)
                .filter(each -> decay > 0 && decay < SPACING)
                .map(each -> new Diagnosis(
                        "decay-lost-in-bfloat16",
                        Diagnosis.Severity.ERROR,
                        each.size() + " decayed parameters are bfloat16 (first "
                                + each.getFirst().name() + "), and the decay per step is at most "
                                + Diagnoser.number(decay),
                        "below 2^-9 = " + Diagnoser.number(SPACING) + ": w·(1 − d) rounds to w",
                        rate.first().step(),
                        "keep float32 master weights, or round stochastically",
                        "IEEE-like rounding: bfloat16 has 8 bits of significand"))
                .toList();
    }
}
