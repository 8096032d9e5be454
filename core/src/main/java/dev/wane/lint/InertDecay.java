package dev.wane.lint;

import dev.wane.explain.ExplainedGroup;
import java.util.List;

/**
 * Decay that removes less than a tenth of a weight in the whole run (A &lt; 0.1), or hardly more (A &lt; 0.35, info). Where
 * the length of the run is not known, decay that would do so even in a million steps.
 */
public record InertDecay() implements Rule {
    private static final double LONGEST_USUAL_RUN = 1e6;
    private static final double INERT = 0.1;

    @Override
    public String id() {
        return "inert-decay";
    }

    @Override
    public String title() {
        return "the weight decay does nothing in this run";
    }

    @Override
    public List<Finding> check(Subject subject) {
        return switch (subject.group().verdict()) {
            case INERT -> List.of(finding(subject, inTheRun(subject.group(), "inert"), severity(subject)));
            case WEAK -> List.of(finding(subject, inTheRun(subject.group(), "weak"), Severity.INFO));
            case UNKNOWN -> inAnyRun(subject);
            default -> List.of();
        };
    }

    private List<Finding> inAnyRun(Subject subject) {
        double steps = subject.group().timescale().steps();
        if (!subject.decays() || !(LONGEST_USUAL_RUN / steps < INERT)) {
            return List.of();
        }
        String message = "the decay is inert in any run below " + Text.of(INERT * steps)
                + " steps: it removes less than a tenth of a weight (τ = " + Text.of(steps) + " steps at peak)";
        return List.of(finding(subject, message, severity(subject)));
    }

    private static Severity severity(Subject subject) {
        return subject.context().mildDecayIsUsual() ? Severity.INFO : Severity.WARNING;
    }

    private Finding finding(Subject subject, String message, Severity severity) {
        return new Finding(id(), severity, "weightDecay", message, fix(subject), "arXiv:2405.13698");
    }

    private static String inTheRun(ExplainedGroup group, String verdict) {
        return "the decay is " + verdict + ": it removes "
                + Text.of(-100 * Math.expm1(-group.retention().effective())) + " % of a weight in the whole run"
                + " (τ = " + Text.of(group.timescale().steps()) + " steps = "
                + Text.of(group.timescale().runFraction()) + " runs at peak)";
    }

    /** In its own convention, λ·τ/T is the λ of τ = T. */
    private static String fix(Subject subject) {
        double wholeRun =
                subject.group().weightDecay() * subject.group().timescale().runFraction();
        return "set it to 0 if that is meant"
                + (Double.isNaN(wholeRun) ? "" : "; " + Text.of(wholeRun) + " makes τ the length of the run");
    }
}
