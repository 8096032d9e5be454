package dev.wane.watch;

import dev.wane.recipe.Recipe;
import java.util.List;

/** A decay that is not multiplied by the schedule goes on where the learning rate has ended: weights shrink and nothing trains. */
final class DecayOutlivesRate implements Diagnoser {
    private static final double RATE_LEFT = 0.1;
    private static final double DECAY_LEFT = 0.5;

    @Override
    public List<Diagnosis> look(WatchedRun run) {
        Recipe recipe = run.recipe();
        Trace rate = run.learningRate().orElse(null);
        double lambda = run.lambda();
        if (recipe == null || rate == null || !(lambda > 0) || !(rate.max() > 0)) {
            return List.of();
        }
        double peak = rate.max();
        double low = RATE_LEFT * peak;
        double full = recipe.convention().decayPerStep(peak, 1, lambda);
        double left = recipe.convention().decayPerStep(peak, RATE_LEFT, lambda);
        double peakAt = rate.samples().stream()
                .filter(sample -> sample.value() == peak)
                .mapToDouble(Sample::step)
                .max()
                .orElse(0);
        return rate.samples().stream()
                .filter(sample -> sample.step() > peakAt && sample.value() < low && left > DECAY_LEFT * full)
                .limit(1)
                .map(sample -> new Diagnosis(
                        "decay-outlives-rate",
                        Diagnosis.Severity.WARNING,
                        "the learning rate fell to " + Diagnoser.number(sample.value()) + " of "
                                + Diagnoser.number(peak)
                                + ", the decay per step stays " + Diagnoser.number(full) + " ("
                                + recipe.convention().id()
                                + ")",
                        "decay above " + DECAY_LEFT + " of its own where the rate is below " + RATE_LEFT
                                + " of its peak",
                        sample.step(),
                        "multiply λ by the schedule, or end its own schedule with the learning rate's",
                        "Loshchilov and Hutter (1711.05101): the schedule multiplies both"))
                .toList();
    }
}
