package dev.wane.convert;

import dev.wane.decay.Corrected;
import dev.wane.decay.CorrectedRaw;
import dev.wane.decay.CoupledSgd;
import dev.wane.decay.Decay;
import dev.wane.decay.RawDecay;
import dev.wane.dynamics.Retention;
import dev.wane.framework.DecayOrder;
import dev.wane.law.Setting;
import dev.wane.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What two recipes with the same decay at the peak still do differently. */
final class Difference {
    private Difference() {}

    /** Empty if nothing. */
    static String of(Recipe from, Recipe to) {
        List<String> differences = new ArrayList<>();
        updates(from, to, differences);
        differences.addAll(ofDecay(from, to));
        return String.join("; ", differences);
    }

    private static void updates(Recipe from, Recipe to, List<String> differences) {
        if (from.family() != to.family()) {
            differences.add("the update itself differs (" + from.family().id() + " and "
                    + to.family().id() + "): only the decay per step is kept");
        }
        if (from.family() == to.family()
                && !from.optimizer().update().equals(to.optimizer().update())) {
            differences.add("the updates differ in detail (" + update(from) + "; " + update(to) + ")");
        }
    }

    private static String update(Recipe recipe) {
        String update = recipe.optimizer().update();
        return recipe.optimizer() + ": " + (update.isEmpty() ? "the usual form" : update);
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
        return power(from) == power(to);
    }

    /** Of the schedule's multiplier in the decay of a step. */
    private static int power(Recipe recipe) {
        return switch (plain(recipe).convention()) {
            case RawDecay ignored -> 0;
            case Corrected ignored -> 2;
            case CorrectedRaw ignored -> 2;
            default -> 1;
        };
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

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
