package dev.wane.watch;

import dev.wane.recipe.Recipe;
import dev.wane.recipe.Start;
import java.util.List;

/**
 * A decay whose sum over the run, as the learning rate was logged, removes less than a tenth of the weights: where a trained
 * network is trained on that may well be meant.
 */
final class InertDecay implements Diagnoser {
    private static final double INERT = 0.1;
    private static final double SEEN = 0.25;

    @Override
    public List<Diagnosis> look(WatchedRun run) {
        Recipe recipe = run.recipe();
        Trace rate = run.learningRate().orElse(null);
        double lambda = run.lambda();
        double progress = run.lastStep() / run.plannedSteps();
        if (recipe == null || rate == null || !(lambda > 0) || run.plannedSteps() == 0 || progress < SEEN) {
            return List.of();
        }
        double done = sum(run, rate, recipe);
        double whole = done / Math.min(1, progress);
        if (!(whole < INERT)) {
            return List.of();
        }
        return List.of(new Diagnosis(
                "inert-decay",
                run.start() == Start.SCRATCH ? Diagnosis.Severity.WARNING : Diagnosis.Severity.INFO,
                "over " + Diagnoser.number(run.lastStep()) + " steps the decay adds up to " + Diagnoser.number(done)
                        + ", at this pace to " + Diagnoser.number(whole) + " in the run",
                "below " + INERT,
                Double.NaN,
                "it hardly does anything: wane explain says what λ would, or leave it out",
                "CLI: verdict inert"));
    }

    /** Σd_t, on a straight line from each logged rate to the next; the first and the last hold to the ends. */
    private static double sum(WatchedRun run, Trace rate, Recipe recipe) {
        List<Sample> samples = rate.samples();
        double peak = rate.max();
        double sum = 0;
        double step = 0;
        double before = Double.NaN;
        for (Sample sample : samples) {
            double decay = recipe.convention().decayPerStep(peak, sample.value() / peak, run.lambda(sample.step()));
            sum += (sample.step() - step) * (Double.isNaN(before) ? decay : (before + decay) / 2);
            step = sample.step();
            before = decay;
        }
        return sum + (run.lastStep() - step) * before;
    }
}
