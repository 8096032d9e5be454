package dev.wane.cli;

import dev.wane.decay.Timescale;
import dev.wane.explain.ExplainedGroup;
import dev.wane.explain.Explanation;
import dev.wane.recipe.ModelEma;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.TrainingScale;
import java.util.ArrayList;
import java.util.List;

/** An explanation for people. */
final class ExplanationText {
    private final List<String> lines = new ArrayList<>();
    private final Style style;

    private ExplanationText(Style style) {
        this.style = style;
    }

    static String of(Explanation explanation, Style style) {
        ExplanationText text = new ExplanationText(style);
        explanation.groups().forEach(group -> text.group(explanation, group));
        explanation.notes().forEach(note -> text.lines.add(style.faint("note: " + note)));
        return String.join("\n", text.lines);
    }

    private void group(Explanation explanation, ExplainedGroup group) {
        Timescale timescale = group.timescale();
        lines.add(style.bold(explanation.recipe().optimizer().framework() + " "
                + explanation.recipe().optimizer().id() + ", weight decay " + Numbers.of(group.weightDecay()) + " ("
                + group.convention().id() + "): " + group.verdict().id()));
        line("decay per step, at peak", Numbers.of(group.decayPerStep()));
        line("the same in torch AdamW", "weight_decay " + Numbers.of(group.torchWeightDecay()));
        line(
                "timescale",
                Numbers.of(timescale.steps()) + " steps = " + Numbers.of(timescale.epochs()) + " epochs = "
                        + Numbers.of(timescale.runFraction()) + " of the run");
        line("half-life", Numbers.of(group.halfLifeSteps()) + " steps");
        line(
                "left of a weight",
                Numbers.of(group.retentionPerEpoch()) + " after an epoch at peak, "
                        + Numbers.of(group.retention().run()) + " after the run as scheduled");
        line(
                "total decay",
                Numbers.of(group.retention().total()) + " (effective "
                        + Numbers.of(group.retention().effective()) + ")");
        if (explanation.memory() != null) {
            line(
                    "memory of the final weights",
                    Numbers.of(explanation.memory().effectiveSteps())
                            + " effective steps; the last tenth of the run weighs "
                            + Numbers.of(explanation.memory().lastTenthMass()) + ", the initialisation "
                            + Numbers.of(explanation.memory().initialWeight()));
        }
        if (group.equilibrium() != null) {
            line(
                    "equilibrium",
                    "weight RMS " + Numbers.of(group.equilibrium().rms()) + ", rotation "
                            + Numbers.of(group.equilibrium().rotationPerStep()) + " rad per step, approached in "
                            + Numbers.of(group.equilibrium().relaxationSteps()) + " steps");
        }
        if (!Double.isNaN(explanation.equivalentGrowth()) && group.decayPerStep() > 0) {
            line(
                    "with normalisation the same",
                    "as no decay and a learning rate that grows by " + Numbers.of(explanation.equivalentGrowth() - 1)
                            + " of itself per step");
            line(
                    "intrinsic learning rate",
                    Numbers.of(explanation.intrinsicLearningRate()) + ", of which alone the result depends there");
        }
        if (explanation.recipe().modelEma() != null) {
            modelEma(explanation.recipe(), explanation.recipe().modelEma());
        }
    }

    private void modelEma(Recipe recipe, ModelEma average) {
        double steps = average.timescaleSteps();
        line(
                "the model average remembers",
                Numbers.of(steps) + " steps = "
                        + Numbers.of(steps / TrainingScale.of(recipe).stepsPerEpoch()) + " epochs");
    }

    private void line(String name, String value) {
        lines.add(String.format("  %-28s %s", name, value));
    }
}
