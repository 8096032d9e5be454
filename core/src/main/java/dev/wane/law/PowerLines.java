package dev.wane.law;

import dev.wane.framework.Family;
import dev.wane.recipe.Recipe;
import dev.wane.schedule.Schedule;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The best timescale of one-pass language-model training: as a share of the run τ = 1.084·(D/N)^−0.527, D tokens seen
 * and N parameters, so λ = B/(η·D·τ) at any batch B in tokens and any η.
 *
 * <p>Absolute: it needs no tuned base. η is the peak learning rate that reaches hidden matrices. A decay that follows the
 * schedule s by another power p than AdamW's is larger at its peak by Σs/Σs^p, for the same total over the run.
 *
 * @see <a href="https://arxiv.org/abs/2505.13738">Bergsma et al. (2025), Power Lines</a>
 */
public record PowerLines() implements DecayLaw {
    private static final double COEFFICIENT = 1.084;
    private static final double EXPONENT = -0.527;
    private static final double ONE_PASS = 1 + 1e-9;
    private static final double SMALLEST = 111e6;
    private static final double LARGEST = 3.3e9;

    @Override
    public String id() {
        return "power-lines";
    }

    @Override
    public String keeps() {
        return "nothing: gives τ from tokens per parameter";
    }

    @Override
    public String formula() {
        return "λ = B/(η·D·τ), τ = 1.084·(D/N)^−0.527";
    }

    @Override
    public String source() {
        return "arXiv:2505.13738";
    }

    @Override
    public String validity() {
        return "one-pass language models of 111M to 3.3B, AdamW with μP, linear decay to zero, up to the critical batch";
    }

    @Override
    public boolean fromScratch() {
        return true;
    }

    @Override
    public Applicability applicability(Setting base, Setting target) {
        Applicability decays = DecayLaw.needsDecayPerStep(target, target);
        if (!decays.applicable()) {
            return decays;
        }
        Recipe recipe = target.recipe();
        if (recipe.family() != Family.ADAM) {
            return Applicability.no("stated for AdamW");
        }
        String missing = missing(recipe);
        if (!missing.isEmpty()) {
            return Applicability.no("needs " + missing);
        }
        if (target.scale().epochs() > ONE_PASS) {
            return Applicability.no("stated for one pass over the data");
        }
        return Applicability.yes("the best timescale for these tokens per parameter");
    }

    private static String missing(Recipe recipe) {
        return Stream.of(
                        recipe.modelSize().parameters() == null ? "parameters" : "",
                        Double.isNaN(recipe.tokensPerStep())
                                ? "the batch in tokens (unit tokens, or sequenceLength)"
                                : "",
                        Double.isNaN(recipe.tokensSeen()) ? "the length of the run in tokens" : "")
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(", "));
    }

    @Override
    public Prescription prescribe(Setting base, Setting target) {
        Recipe recipe = target.recipe();
        double parameters = Objects.requireNonNull(recipe.modelSize().parameters());
        double share = timescale(recipe.tokensSeen() / parameters);
        double rate = target.hiddenLearningRate(Ratios.of(base, target).width());
        double perStep = recipe.tokensPerStep() / (recipe.tokensSeen() * share);
        double lambda = target.convention().weightDecayFor(rate, perStep * sameTotal(target));
        return new Prescription(rate, lambda, recipe.betas(), recipe.epsilon());
    }

    private static double sameTotal(Setting target) {
        int power = target.convention().schedulePower();
        if (power == 1 || target.isConstant()) {
            return 1;
        }
        Schedule schedule = target.recipe().scheduleOrConstant();
        long steps = target.scale().executedSteps();
        double total = power == 0 ? steps : schedule.sumOfSquares(steps);
        return schedule.sum(steps) / total;
    }

    /**
     * The best timescale.
     *
     * @param tokensPerParameter D/N &gt; 0
     * @return τ as a share of the run
     */
    public static double timescale(double tokensPerParameter) {
        return COEFFICIENT * Math.pow(tokensPerParameter, EXPONENT);
    }

    /**
     * Whether a network is of a size that the law was fitted to.
     *
     * @param parameters N
     * @return true from 111 million to 3.3 billion
     */
    public static boolean fitted(double parameters) {
        return parameters >= SMALLEST && parameters <= LARGEST;
    }
}
