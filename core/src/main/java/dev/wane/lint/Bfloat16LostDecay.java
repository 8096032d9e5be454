package dev.wane.lint;

import dev.wane.dynamics.Bfloat16;
import java.util.List;

/**
 * Weights in bfloat16 without a copy in single precision: θ(1 − d) rounds back to θ where d &lt; 2^−9. A decay that is one sum
 * with the update is rounded with it, and most of it survives.
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
        boolean apart = subject.recipe().meaning().order().apart();
        if (!subject.context().bfloat16Weights() || !apart || !(decay > 0 && decay < Bfloat16.LOST_BELOW)) {
            return List.of();
        }
        return List.of(new Finding(
                id(),
                Severity.WARNING,
                "weightDecay",
                "the weights are bfloat16 and a step removes " + Text.of(100 * decay) + " % of them, less than half of"
                        + " their last bit (0.195 %): applied by itself it changes nothing",
                "take a fused optimizer, which rounds once, keep master weights in float32, or round stochastically",
                "Nerogar/OneTrainer#996"));
    }
}
