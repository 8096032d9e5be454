package dev.wane.lint;

import dev.wane.decay.DecoupledLr;
import dev.wane.explain.Verdict;
import dev.wane.framework.Family;
import java.util.List;

/**
 * A λ that looks like that of another optimizer or of a documentation page, reported only together with the decay that
 * makes it implausible.
 */
public record CopiedValue() implements Rule {
    private static final double DEEPSPEED_DOCUMENTATION = 3e-7;
    private static final double LARGEST_OF_L2 = 1e-3;

    @Override
    public String id() {
        return "cargo-value";
    }

    @Override
    public String title() {
        return "a weight decay copied from another optimizer or from documentation";
    }

    @Override
    public List<Finding> check(Subject subject) {
        String origin = origin(subject);
        if (!subject.decays() || subject.group().verdict() != Verdict.INERT || origin.isEmpty()) {
            return List.of();
        }
        return List.of(new Finding(
                id(),
                Severity.INFO,
                "weightDecay",
                "λ = " + Text.of(subject.group().weightDecay()) + " is " + origin + "; here it removes "
                        + Text.of(-100 * Math.expm1(-subject.group().retention().effective()))
                        + " % of a weight in the whole run",
                "choose λ by its timescale: wane explain",
                "arXiv:1711.05101; DeepSpeed configuration JSON"));
    }

    private static String origin(Subject subject) {
        double lambda = subject.group().weightDecay();
        if (lambda == DEEPSPEED_DOCUMENTATION) {
            return "the value of DeepSpeed's documentation";
        }
        boolean adamW =
                subject.recipe().family() == Family.ADAM && subject.group().convention() instanceof DecoupledLr;
        return adamW && lambda <= LARGEST_OF_L2
                ? "usual as the L2 penalty of SGD, whose learning rate is a hundred times larger"
                : "";
    }
}
