package dev.wane.convert;

import dev.wane.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** What a recipe asks for that the target's optimizer or its code does not carry. */
final class LostSettings {
    private static final Set<String> DAMPENING = Set.of("torch", "deepspeed");
    private static final Set<String> WEIGHT_DECAY_SCHEDULE = Set.of("megatron");

    private LostSettings() {}

    static List<String> of(Recipe from, Recipe to) {
        List<String> lost = new ArrayList<>();
        String framework = to.optimizer().framework();
        boolean heavy = from.momentum().momentum() > 0;
        if (heavy && from.momentum().dampening() > 0 && !DAMPENING.contains(framework)) {
            lost.add(framework + " has no dampening: that of " + from.momentum().dampening() + " is lost");
        }
        if (!from.weightDecaySchedule().isConstant() && !WEIGHT_DECAY_SCHEDULE.contains(framework)) {
            lost.add("λ moves over the run to " + end(from) + " of its start: the code holds the start");
        }
        if (from.cautious()) {
            lost.add("the mask of cautious decay is lost");
        }
        mup(from, to, lost);
        return lost;
    }

    private static void mup(Recipe from, Recipe to, List<String> lost) {
        double width = from.modelSize().widthMultiplier();
        boolean scaled = from.optimizer().framework().equals("mup")
                != to.optimizer().framework().equals("mup");
        if (width != 1 && scaled) {
            lost.add("mup's optimizer divides the learning rate of hidden matrices by the width multiplier "
                    + text(width) + " and multiplies λ by it, the other does not");
        }
    }

    private static String end(Recipe recipe) {
        return text(Objects.requireNonNull(recipe.weightDecaySchedule()).end());
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
