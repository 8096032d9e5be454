package dev.wane.cli;

import dev.wane.elastic.Rescale;
import dev.wane.recipe.ModelEma;
import dev.wane.schedule.WeightDecaySchedule;
import java.util.ArrayList;
import java.util.List;

/** The answer to a change of batch, for people. */
final class RescaleText {
    private RescaleText() {}

    static String of(Rescale rescale) {
        List<String> lines = new ArrayList<>();
        lines.add((rescale.accepted() ? "accepted: " : "refused: ") + rescale.reason());
        lines.add("  learning rate " + Numbers.of(rescale.values().learningRate()) + ", weight decay "
                + Numbers.of(rescale.values().weightDecay()) + ", betas "
                + Numbers.of(rescale.values().betas().first()) + " and "
                + Numbers.of(rescale.values().betas().second()) + ", eps "
                + Numbers.of(rescale.values().epsilon()) + ", warm-up " + rescale.warmupSteps() + " steps");
        WeightDecaySchedule moving = rescale.state().reference().weightDecaySchedule();
        if (!moving.isConstant()) {
            lines.add("  weight decay moves (" + moving.kind().id() + ") to "
                    + Numbers.of(rescale.values().weightDecay() * moving.end()) + " at the end of the run");
        }
        double multiplier = rescale.multiplier();
        if (!Double.isNaN(multiplier)) {
            lines.add("  now at " + Numbers.of(multiplier) + " of the peak: learning rate "
                    + Numbers.of(multiplier * rescale.values().learningRate()));
        }
        ModelEma average = rescale.modelEma();
        if (average != null) {
            lines.add("  model average " + Numbers.of(average.momentum()) + " (unchecked)");
        }
        rescale.warnings().forEach(warning -> lines.add("  warning: " + warning));
        return String.join("\n", lines);
    }
}
