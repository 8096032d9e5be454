package dev.wane.lint;

import dev.wane.dynamics.Bfloat16;
import java.util.List;

/**
 * Weights in bfloat16 without a copy in single precision: θ(1 − d) rounds back to θ where d &lt; 2^−9. A decay that is one sum
 * with the update is rounded with it, and lost where the update is.
 */
public record Bfloat16LostDecay() implements Rule {
    @Override
    public String id() {
        return "bf16-lost-decay";
    }

    @Override
    public String title() {
        return "the decay is rounded away in bfloat16";
    }

    @Override
    public List<Finding> check(Subject subject) {
        double decay = subject.group().decayPerStep();
        if (!subject.context().bfloat16Weights() || !(decay > 0)) {
            return List.of();
        }
        if (subject.recipe().meaning().order().apart()) {
            return decay < Bfloat16.LOST_BELOW ? List.of(apart(decay)) : List.of();
        }
        return Bfloat16.losesSteps(
                        subject.recipe().learningRate(), subject.recipe().family())
                ? List.of(together())
                : List.of();
    }

    private Finding apart(double decay) {
        return finding("the weights are bfloat16 and a step removes " + Text.of(100 * decay)
                + " % of them, less than half of their last bit (0.195 %): applied by itself it changes nothing");
    }

    private Finding together() {
        return finding(
                "the weights are bfloat16 and a step of the learning rate's size is below 2^-7 of weights of size 0.02: most"
                        + " steps, and the decay in them, change nothing");
    }

    private Finding finding(String message) {
        return new Finding(
                id(),
                Severity.WARNING,
                "weightDecay",
                message,
                "keep master weights in float32, or round stochastically",
                "Nerogar/OneTrainer#996");
    }
}
