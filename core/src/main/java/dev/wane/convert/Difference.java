package dev.wane.convert;

import dev.wane.decay.CoupledSgd;
import dev.wane.decay.Decay;
import dev.wane.dynamics.Retention;
import dev.wane.framework.DecayOrder;
import dev.wane.framework.Family;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import dev.wane.law.Setting;
import dev.wane.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What two recipes with the same decay at the peak still do differently. */
final class Difference {
    private static final String RATE_INSIDE = "the rate is inside the buffer";

    private Difference() {}

    /** Empty if nothing. */
    static String of(Recipe from, Recipe to) {
        List<String> differences = new ArrayList<>();
        updates(from, to, differences);
        differences.addAll(ofDecay(from, to));
        differences.addAll(LostSettings.of(from, to));
        return String.join("; ", differences);
    }

    private static void updates(Recipe from, Recipe to, List<String> differences) {
        if (from.family() != to.family()) {
            differences.add("the update itself differs (" + from.family().id() + " and "
                    + to.family().id() + "): only "
                    + (from.convention().hasDecayPerStep() ? "the decay per step" : "the number λ") + " is kept"
                    + apart(from, to));
        }
        if (from.family() == Family.SGD
                && to.family() == Family.SGD
                && from.appliedMomentum().nesterov() != to.appliedMomentum().nesterov()) {
            differences.add((to.appliedMomentum().nesterov()
                            ? "classical momentum becomes Nesterov's"
                            : "Nesterov momentum becomes the classical one")
                    + ", the only one of " + to.optimizer() + apart(from, to));
        }
        if (from.family() == to.family() && !update(from).equals(update(to))) {
            differences.add("the updates differ in detail (" + described(from) + "; " + described(to) + ")"
                    + apart(from, to) + epsilon(from, to));
        }
    }

    /** How a recipe's update deviates beside its momentum; what only momentum shows is none without it. */
    static String update(Recipe recipe) {
        String update = alone(recipe).update();
        if (update.equals("Nesterov by default")) {
            return "";
        }
        if (update.endsWith(RATE_INSIDE)) {
            boolean hidden =
                    recipe.momentum().momentum() == 0 || Setting.of(recipe).isConstant();
            return hidden ? "" : RATE_INSIDE;
        }
        return update;
    }

    /** A regularizer alone stands beside its framework's plain SGD. */
    private static Optimizer alone(Recipe recipe) {
        Optimizer optimizer = recipe.optimizer();
        return optimizer.isRegularizer()
                ? Registry.find(optimizer.framework(), "sgd").orElse(optimizer)
                : optimizer;
    }

    private static String described(Recipe recipe) {
        return recipe.optimizer() + ": " + (update(recipe).isEmpty() ? "the usual form" : update(recipe));
    }

    /** What the decays themselves do differently. */
    static List<String> ofDecay(Recipe from, Recipe to) {
        List<String> differences = new ArrayList<>();
        boolean decays = Objects.requireNonNull(from.weightDecay()) > 0;
        if (decays && !sameEveryStep(from, to)) {
            differences.add("the decay follows the schedule differently" + size(from, to));
        }
        if (decays && momentum(from) != momentum(to)) {
            differences.add(
                    "with momentum a coupled penalty enters the buffer: the long-run decay is the same, the first"
                            + " steps and the response to gradients are not" + size(from, to));
        }
        if (decays && after(from) != after(to)) {
            differences.add("one decays after the update: each update differs by the share "
                    + text(Setting.of(from).decayPerStep()));
        }
        return differences;
    }

    private static boolean sameEveryStep(Recipe from, Recipe to) {
        if (Setting.of(from).isConstant()) {
            return true;
        }
        return from.convention().schedulePower() == to.convention().schedulePower();
    }

    private static boolean momentum(Recipe recipe) {
        return plain(recipe).convention() instanceof CoupledSgd sgd && sgd.momentum() > 0;
    }

    private static boolean after(Recipe recipe) {
        return recipe.meaning().order() == DecayOrder.AFTER;
    }

    private static Decay plain(Recipe recipe) {
        return Objects.requireNonNull(recipe.decay()).plain();
    }

    /** By what decay alone leaves after the run, where the run's length is known. */
    private static String size(Recipe from, Recipe to) {
        Setting before = Setting.of(from);
        Setting after = Setting.of(to);
        if (before.scale().executedSteps() < 1) {
            return "";
        }
        double left = Retention.of(before.run(before.weightDecay())).run();
        double other = Retention.of(after.run(after.weightDecay())).run();
        return ": decay alone leaves " + text(left) + " and " + text(other) + " of a weight after the run";
    }

    /** Beside an ε that is not bias-corrected the corrected one is smaller by √(1 − β₂^t), most at the first step. */
    private static String epsilon(Recipe from, Recipe to) {
        boolean one =
                update(from).equals("eps is not bias-corrected") != update(to).equals("eps is not bias-corrected");
        return one && from.family() == Family.ADAM
                ? ": as if ε were "
                        + text(from.epsilon() / Math.sqrt(1 - from.betas().second())) + " and not "
                        + text(from.epsilon()) + " at the first step, less later"
                : "";
    }

    /** By where ten steps on the same inputs lead. */
    private static String apart(Recipe from, Recipe to) {
        double apart = TenSteps.apart(from, to);
        return Double.isNaN(apart) || apart == 0
                ? ""
                : ": ten steps on the same gradients end " + text(apart) + " of the way apart";
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
