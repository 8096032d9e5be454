package dev.wane.lint;

import dev.wane.decay.DecoupledSchedule;
import dev.wane.decay.RawDecay;
import dev.wane.explain.ExplainedGroup;
import dev.wane.explain.Verdict;
import java.util.List;

/** A memory shorter than the data: the final weights are made of the last few steps. */
public record DominatingDecay() implements Rule {
    @Override
    public String id() {
        return "dominating-decay";
    }

    @Override
    public String title() {
        return "the weights forget faster than they see the data";
    }

    @Override
    public List<Finding> check(Subject subject) {
        if (subject.group().decayPerStep() >= 1) {
            return List.of(
                    new Finding(id(), Severity.ERROR, "weightDecay", all(subject), fix(subject), "arXiv:2405.13698"));
        }
        if (subject.group().verdict() != Verdict.DOMINATING) {
            return List.of();
        }
        return List.of(
                new Finding(id(), Severity.WARNING, "weightDecay", message(subject), fix(subject), "arXiv:2405.13698"));
    }

    private static String all(Subject subject) {
        ExplainedGroup group = subject.group();
        return "the decay per step is " + Text.of(group.decayPerStep())
                + ", and must be below 1: a step with learning rate "
                + Text.of(group.learningRate()) + " and λ = " + Text.of(group.weightDecay()) + " ("
                + group.convention().id() + ") leaves nothing of a weight, or turns its sign";
    }

    private static String message(Subject subject) {
        ExplainedGroup group = subject.group();
        return "the weights remember " + Text.of(group.timescale().steps()) + " steps = "
                + Text.of(group.timescale().epochs()) + " epochs = "
                + Text.of(group.timescale().runFraction())
                + " of the run: λ = " + Text.of(group.weightDecay()) + " ("
                + group.convention().id()
                + ") removes " + Text.of(100 * group.decayPerStep()) + " % per step";
    }

    /** Without the learning rate as a factor λ is a thousand times smaller. */
    private static String fix(Subject subject) {
        boolean unscaled = subject.group().convention() instanceof DecoupledSchedule
                || subject.group().convention() instanceof RawDecay;
        return unscaled
                ? "this optimizer does not multiply λ by the learning rate: torch's "
                        + Text.of(subject.group().weightDecay()) + " is "
                        + Text.of(
                                subject.group().weightDecay() * subject.group().learningRate()) + " here"
                : "a smaller λ: wane plan says what another setting's becomes";
    }
}
