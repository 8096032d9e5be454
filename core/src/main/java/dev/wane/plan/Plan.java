package dev.wane.plan;

import dev.wane.recipe.Recipe;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every law's answer to one change, side by side.
 *
 * @param base where λ was tuned
 * @param target the target's recipe, its weight decay still that of the base
 * @param alternatives one per law
 * @param warnings where the change leaves the range of the laws
 */
public record Plan(Recipe base, Recipe target, List<Alternative> alternatives, List<String> warnings) {
    /** Copies the lists. */
    public Plan {
        alternatives = List.copyOf(alternatives);
        warnings = List.copyOf(warnings);
    }

    /**
     * The law to use.
     *
     * @return empty where none is recommended
     */
    public Optional<Alternative> recommended() {
        return alternatives.stream().filter(Alternative::recommended).findFirst();
    }

    /**
     * How far the published answers at the target's learning rate disagree: a range, not an uncertainty.
     *
     * @return empty where no law applies
     */
    public Optional<Spread> spread() {
        double rate = target.learningRate() == null ? Double.NaN : target.learningRate();
        double[] answers = alternatives.stream()
                .filter(Alternative::inSpread)
                .filter(alternative -> alternative.learningRate() == rate)
                .mapToDouble(Alternative::torchWeightDecay)
                .sorted()
                .toArray();
        return answers.length == 0
                ? Optional.empty()
                : Optional.of(new Spread(answers[0], answers[answers.length - 1]));
    }

    /**
     * A range of weight decays in the decoupled-lr convention.
     *
     * @param min the smallest answer
     * @param max the largest answer
     */
    public record Spread(double min, double max) {}

    /**
     * The same plan with more to know.
     *
     * @param more warnings that follow the others
     * @return the new plan
     */
    public Plan withWarnings(List<String> more) {
        return new Plan(
                base,
                target,
                alternatives,
                Stream.concat(warnings.stream(), more.stream()).toList());
    }
}
