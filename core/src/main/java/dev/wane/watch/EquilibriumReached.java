package dev.wane.watch;

import dev.wane.framework.Family;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.Start;
import java.util.Arrays;
import java.util.List;

/**
 * The size of decayed matrices beside the one that Adam's updates and decay settle at. From the first measured RMS on,
 * R² ← a²ᵟ·R² + (1 − a²ᵟ)·η/(2λ) over δ steps, a = 1 − ηλ (Kosson et al. 2305.17212, L32).
 */
final class EquilibriumReached implements Diagnoser {
    private static final double REACHED = 3;

    @Override
    public List<Diagnosis> look(WatchedRun run) {
        Recipe recipe = run.recipe();
        Trace rate = run.learningRate().orElse(null);
        if (recipe == null || rate == null || recipe.family() != Family.ADAM || !decoupled(recipe)) {
            return List.of();
        }
        double[] ratios = run.parameters().stream()
                .filter(parameter -> parameter.decayed() && parameter.isMatrix())
                .mapToDouble(parameter -> ratio(run, parameter, rate))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (ratios.length == 0) {
            return List.of();
        }
        double lambda = run.lambda();
        double relaxations = relaxations(rate, lambda, run.lastStep());
        return List.of(new Diagnosis(
                "equilibrium",
                Diagnosis.Severity.INFO,
                "the RMS of decayed matrices (" + ratios.length + ") is " + Diagnoser.number(median(ratios))
                        + " of the predicted (median; " + Diagnoser.number(ratios[0]) + " to "
                        + Diagnoser.number(Arrays.stream(ratios).max().orElseThrow()) + "); "
                        + (relaxations >= REACHED
                                ? "the equilibrium is reached: " + Diagnoser.number(relaxations) + " relaxation times"
                                : "it is not reached yet: " + Diagnoser.number(relaxations) + " of "
                                        + Diagnoser.number(REACHED) + " relaxation times")
                        + (run.start() == Start.PRETRAINED ? ", from the sizes of the trained network" : ""),
                "reached after " + Diagnoser.number(REACHED) + " relaxation times 1/(2ηλ)",
                Double.NaN,
                "the prediction is for updates of random direction: smaller means that gradients pull towards 0, larger that"
                        + " they agree from step to step",
                "arXiv:2305.17212"));
    }

    private static double median(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static boolean decoupled(Recipe recipe) {
        return recipe.convention().id().equals("decoupled-lr");
    }

    private static double relaxations(Trace rate, double lambda, double end) {
        double sum = 0;
        List<Sample> samples = rate.samples();
        for (int i = 0; i < samples.size(); i++) {
            double to = i + 1 < samples.size() ? samples.get(i + 1).step() : end;
            sum += 2 * samples.get(i).value() * lambda * (to - samples.get(i).step());
        }
        return sum;
    }

    private static double ratio(WatchedRun run, WatchedParameter parameter, Trace rate) {
        Trace norm = run.norm(parameter, WatchedRun.Norm.WEIGHT).orElse(null);
        if (norm == null || norm.samples().size() < 2) {
            return Double.NaN;
        }
        List<Sample> samples = norm.samples();
        double squares = Math.pow(samples.getFirst().value(), 2) / parameter.elements();
        for (int i = 1; i < samples.size(); i++) {
            double learningRate = rate.at(samples.get(i).step());
            double left = Math.pow(
                    1 - learningRate * parameter.weightDecay(),
                    2 * (samples.get(i).step() - samples.get(i - 1).step()));
            squares = left * squares + (1 - left) * learningRate / (2 * parameter.weightDecay());
        }
        return samples.getLast().value() / Math.sqrt(parameter.elements()) / Math.sqrt(squares);
    }
}
