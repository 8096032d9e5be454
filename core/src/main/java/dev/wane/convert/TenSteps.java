package dev.wane.convert;

import dev.wane.conform.ConformanceCase;
import dev.wane.conform.ConformanceKit;
import dev.wane.conform.Settings;
import dev.wane.decay.Decay;
import dev.wane.framework.DecayOrder;
import dev.wane.framework.Family;
import dev.wane.recipe.Recipe;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Ten steps of a recipe's optimizer on fixed inputs, at its peak learning rate. */
public final class TenSteps {
    private static final int LAST = 9;
    private static final Set<String> USUAL =
            Set.of("", "eps is not bias-corrected", "the rate is inside the buffer", "scaled by 0.2·√max(A,B)");

    private TenSteps() {}

    /**
     * The inputs and the weights after each step.
     *
     * @param recipe with learning rate and λ
     * @return the case; empty where no reference optimizer does what this one does
     */
    public static Optional<ConformanceCase> of(Recipe recipe) {
        Decay plain = Objects.requireNonNull(recipe.decay()).plain();
        if (Double.isNaN(plain.weightDecay()) || !USUAL.contains(Difference.update(recipe))) {
            return Optional.empty();
        }
        boolean inside =
                !plain.convention().hasDecayPerStep() || plain.convention().id().equals("coupled");
        double rate = Objects.requireNonNull(recipe.learningRate());
        double lambda = inside
                ? plain.weightDecay()
                : recipe.convention().torchWeightDecay(rate, Objects.requireNonNull(recipe.weightDecay()), true);
        String order = recipe.meaning().order() == DecayOrder.AFTER ? "after" : "before";
        return reference(recipe.family())
                .map(optimizer ->
                        ConformanceKit.tenSteps(optimizer, settings(recipe, inside ? "coupled" : order), rate, lambda));
    }

    /**
     * How far two optimizers end apart: |θ_a − θ_b| / |θ_a − θ_0| after ten steps, in Euclidean norms.
     *
     * @param a the one whose way is the measure
     * @param b the other
     * @return 0 where they agree; NaN where one has no reference or the first stays where it is
     */
    public static double apart(Recipe a, Recipe b) {
        Optional<ConformanceCase> first = of(a);
        Optional<ConformanceCase> second = of(b);
        if (first.isEmpty() || second.isEmpty()) {
            return Double.NaN;
        }
        double[] end = last(first.get().expected());
        double way = distance(end, first.get().initial());
        return way == 0 ? Double.NaN : distance(end, last(second.get().expected())) / way;
    }

    private static double[] last(List<double[]> path) {
        return path.get(LAST);
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }

    private static Optional<String> reference(Family family) {
        return switch (family) {
            case SGD -> Optional.of("sgd");
            case ADAM -> Optional.of("adamw");
            case LION -> Optional.of("lion");
            case RMSPROP -> Optional.of("rmsprop");
            case LAMB -> Optional.of("lamb");
            case LARS -> Optional.of("lars");
            default -> Optional.empty();
        };
    }

    private static Settings settings(Recipe recipe, String decay) {
        return Settings.of(
                "decay", decay,
                "momentum", recipe.appliedMomentum().momentum(),
                "dampening", recipe.momentum().dampening(),
                "nesterov", recipe.appliedMomentum().nesterov(),
                "beta1", recipe.betas().first(),
                "beta2", recipe.betas().second(),
                "eps", recipe.epsilon());
    }
}
