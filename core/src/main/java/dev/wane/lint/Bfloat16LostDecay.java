package dev.wane.lint;

import dev.wane.dynamics.Bfloat16;
import java.util.List;

/** Weights in bfloat16 without a copy in single precision: θ(1 − d) rounds back to θ where d &lt; 2^−9. */
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
        if (!subject.context().bfloat16Weights() || !(decay > 0 && decay < Bfloat16.LOST_BELOW)) {
            return List.of();
        }
        return List.of(new Finding(
                id(),
                Severity.WARNING,
                "weightDecay",
                "the weights are bfloat16 and a step removes " + Text.of(100 * decay) + " % of them, less than half of"
                        + " their last bit (0.195 %): applied by itself it changes nothing",
                "keep master weights in float32, or round stochastically",
                "Nerogar/OneTrainer#996"));
    }
}
