package dev.wane.convert;

import dev.wane.decay.CoupledAdaptive;
import dev.wane.decay.CoupledSgd;
import dev.wane.decay.Decay;
import dev.wane.decay.DecayConvention;
import dev.wane.decay.InTrustRatio;
import dev.wane.decay.Penalty;
import dev.wane.framework.Optimizer;
import dev.wane.law.Setting;
import dev.wane.recipe.Betas;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RecipeBuilder;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A recipe's weight decay in another optimizer of the registry, with the same decay per step at the peak.
 *
 * @param from the recipe as it was
 * @param to the recipe with the other optimizer and its λ
 * @param exact whether every step gives the same weights, in exact arithmetic
 * @param difference what differs and how much; empty if exact
 */
public record Conversion(Recipe from, Recipe to, boolean exact, String difference) {
    /** Above it ten steps show whether ε is bias-corrected. */
    private static final double SMALL_EPSILON = 1e-8;

    private static final int SURE_DIGITS = 15;
    private static final int ROUNDINGS = 4;
    private static final Set<String> USUAL = Set.of("", "eps is not bias-corrected");

    /**
     * Converts a recipe.
     *
     * @param from with learning rate and λ
     * @param optimizer the other optimizer, or a regularizer under plain SGD
     * @return the conversion
     * @throws NoEquivalentException if no λ of the other optimizer does the same
     * @throws IllegalArgumentException if the recipe lacks learning rate or λ
     */
    public static Conversion of(Recipe from, Optimizer optimizer) {
        return of(from, optimizer, null);
    }

    /**
     * Converts a recipe to a penalty in the loss beside an optimizer.
     *
     * @param from with learning rate and λ
     * @param optimizer the other optimizer, whose own λ is 0 then
     * @param regularizer what λ will belong to; null for the optimizer's own
     * @return the conversion
     * @throws NoEquivalentException if no λ does the same
     * @throws IllegalArgumentException if the recipe lacks learning rate or λ
     */
    public static Conversion of(Recipe from, Optimizer optimizer, @Nullable Optimizer regularizer) {
        if (from.learningRate() == null || from.weightDecay() == null) {
            throw new IllegalArgumentException("a conversion needs learningRate and weightDecay");
        }
        Recipe target = target(from, optimizer, regularizer);
        double lambda = weightDecay(from, target);
        Recipe to = target.withWeightDecay(withoutNoise(lambda));
        String difference = Difference.of(from, to);
        return new Conversion(from, to, difference.isEmpty(), difference);
    }

    /**
     * Whether ten steps of both agree to 1e-6: exact, or different only in whether ε is bias-corrected.
     *
     * @return true where a test of ten steps can be asked to pass
     */
    public boolean agreesClosely() {
        return (exact && USUAL.contains(Difference.update(from)))
                || (from.family() == to.family()
                        && from.appliedMomentum().nesterov()
                                == to.appliedMomentum().nesterov()
                        && Difference.ofDecay(from, to).isEmpty()
                        && LostSettings.of(from, to).isEmpty()
                        && USUAL.contains(Difference.update(from))
                        && USUAL.contains(Difference.update(to))
                        && from.epsilon() <= SMALL_EPSILON);
    }

    /**
     * What was not read in its source.
     *
     * @return a sentence for each of the two optimizers of which this is so
     */
    public List<String> unchecked() {
        return Stream.of(from, to)
                .map(Recipe::meaning)
                .distinct()
                .filter(meaning -> !meaning.checked())
                .map(meaning -> "what " + meaning + " does was not re-read in its source (unchecked)")
                .toList();
    }

    /** Betas of one family mean nothing in another: there the usual ones stand. */
    private static Recipe target(Recipe from, Optimizer optimizer, @Nullable Optimizer regularizer) {
        RecipeBuilder target =
                from.but().optimizer(optimizer).regularizer(regularizer).momentum(TargetMomentum.of(from, optimizer));
        if (optimizer.familyOrSgd() != from.family()) {
            target.betas(Betas.usual(optimizer.familyOrSgd()));
        }
        return target.build();
    }

    /** 2e-4 for 1.9999999999999998e-4: a short decimal within a few roundings of the result is what was meant. */
    private static double withoutNoise(double value) {
        double rounded =
                new BigDecimal(value).round(new MathContext(SURE_DIGITS)).doubleValue();
        return Math.abs(rounded - value) <= ROUNDINGS * Math.ulp(value) ? rounded : value;
    }

    private static double weightDecay(Recipe from, Recipe target) {
        Decay plain = Objects.requireNonNull(from.decay()).plain();
        DecayConvention to = target.convention();
        Decay unit = new Decay(1, to).plain();
        if (plain.weightDecay() == 0) {
            return 0;
        }
        boolean comparable = plain.convention().hasDecayPerStep() || from.family() == target.family();
        if (comparable && plain.convention().equals(unit.convention())) {
            return plain.weightDecay() / unit.weightDecay();
        }
        if (!plain.convention().hasDecayPerStep() || !to.hasDecayPerStep()) {
            boolean source = !plain.convention().hasDecayPerStep();
            throw new NoEquivalentException(
                    (source ? from.meaning() : target.meaning()) + " " + why(source ? plain : unit) + ": no λ of "
                            + target.meaning() + " gives the same weights as " + from.meaning());
        }
        double perStep = exactRootNeeded(plain, unit)
                ? plain.perStep(Objects.requireNonNull(from.learningRate()))
                : Setting.of(from).decayPerStep();
        return to.weightDecayFor(Objects.requireNonNull(from.learningRate()), perStep);
    }

    private static String why(Decay decay) {
        return switch (decay.convention()) {
            case CoupledAdaptive ignored -> "has no decay per step, it adds λθ inside its preconditioner";
            case InTrustRatio ignored -> "has no decay per step, it decays inside its trust ratio";
            case Penalty ignored -> "averages over a quantity that is missing (parameters or datasetSize)";
            default -> "multiplies λ by the batch size, which is missing";
        };
    }

    /** Between two momentum forms first orders cancel; out of momentum the long-run decay is the exact slow root. */
    private static boolean exactRootNeeded(Decay from, Decay to) {
        return from.convention() instanceof CoupledSgd sgd
                && sgd.momentum() > 0
                && !(to.convention() instanceof CoupledSgd);
    }
}
