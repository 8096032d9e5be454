package dev.wane.lint;

import dev.wane.decay.DecayConvention;
import dev.wane.decay.DecoupledLr;
import dev.wane.decay.DecoupledSchedule;
import dev.wane.decay.RawDecay;
import dev.wane.explain.ExplainedGroup;
import dev.wane.explain.Verdict;
import java.util.List;

/**
 * A λ that does next to nothing, or nearly everything, as its optimizer reads it, and would be sensible where decay is
 * multiplied by the learning rate, or is not: an independent λ under torch's AdamW, and the reverse.
 */
public record UnitMismatch() implements Rule {
    /** A thousandth of every weight per step is as much as anyone takes. */
    private static final double LARGEST_INDEPENDENT = 1e-3;

    @Override
    public String id() {
        return "unit-mismatch";
    }

    @Override
    public String title() {
        return "a weight decay that fits another convention";
    }

    @Override
    public List<Finding> check(Subject subject) {
        ExplainedGroup group = subject.group();
        boolean strange = group.verdict() == Verdict.INERT || group.verdict() == Verdict.DOMINATING;
        if (!subject.decays() || !strange || subject.context().mildDecayIsUsual()) {
            return List.of();
        }
        return switch (group.convention()) {
            case DecoupledLr ignored
            when group.weightDecay() <= LARGEST_INDEPENDENT -> otherwise(subject, new DecoupledSchedule());
            case DecoupledSchedule ignored -> otherwise(subject, new DecoupledLr());
            case RawDecay ignored -> otherwise(subject, new DecoupledLr());
            default -> List.of();
        };
    }

    private List<Finding> otherwise(Subject subject, DecayConvention other) {
        double rate = subject.group().learningRate();
        double lambda = subject.group().weightDecay();
        double sensible = subject.group().convention().weightDecayFor(rate, other.decayPerStep(rate, 1, lambda));
        Verdict verdict = ExplainedGroup.of("default", subject.recipe().withWeightDecay(sensible))
                .verdict();
        return verdict == Verdict.ACTIVE ? List.of(finding(subject, other, sensible)) : List.of();
    }

    private Finding finding(Subject subject, DecayConvention other, double sensible) {
        boolean times = other instanceof DecoupledLr;
        return new Finding(
                id(),
                Severity.INFO,
                "weightDecay",
                "λ = " + Text.of(subject.group().weightDecay()) + " would be active where decay is "
                        + (times
                                ? "multiplied by the learning rate, as torch's AdamW does"
                                : "not multiplied by the learning rate, as in Composer or big_vision")
                        + "; here it is " + (times ? "not" : "multiplied"),
                "if it came from there, write " + Text.of(sensible) + ": wane convert",
                "arXiv:1711.05101, appendix B.1");
    }
}
