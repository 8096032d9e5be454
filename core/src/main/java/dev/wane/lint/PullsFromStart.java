package dev.wane.lint;

import dev.wane.recipe.Start;
import java.util.List;

/**
 * Decay that takes more than a quarter off the weights of a trained network while it is trained on. Where only adapters are
 * trained it pulls them back to their start, which is what decay is for.
 */
public record PullsFromStart() implements Rule {
    private static final double MUCH = 0.75;

    @Override
    public String id() {
        return "pulls-from-start";
    }

    @Override
    public String title() {
        return "the weight decay removes much of the trained network that the run starts from";
    }

    @Override
    public List<Finding> check(Subject subject) {
        Start start = subject.recipe().start();
        double left = start.left(Math.exp(-subject.group().retention().effective()));
        if (start != Start.PRETRAINED || !subject.decays() || !(left < MUCH)) {
            return List.of();
        }
        return List.of(new Finding(
                id(),
                Severity.INFO,
                "weightDecay",
                "decay alone leaves " + Text.of(100 * left) + " % of the pretrained weights at the end of the run: "
                        + start.pull(),
                "a smaller λ or a penalty towards the start, unless that much forgetting is meant",
                "arXiv:1802.01483"));
    }
}
