package dev.wane.lint;

import dev.wane.decay.CoupledAdaptive;
import dev.wane.framework.Family;
import java.util.List;
import java.util.Objects;

/** A penalty inside Adam's preconditioner: it decays most where gradients are small, and no rule transfers it. */
public record AdaptiveL2() implements Rule {
    @Override
    public String id() {
        return "adaptive-l2";
    }

    @Override
    public String title() {
        return "L2 inside an adaptive optimizer is not weight decay";
    }

    @Override
    public List<Finding> check(Subject subject) {
        boolean coupled = subject.decays()
                && Objects.requireNonNull(subject.recipe().decay()).plain().convention() instanceof CoupledAdaptive;
        return coupled
                ? List.of(new Finding(
                        id(),
                        severity(subject),
                        "optimizer",
                        subject.recipe().meaning()
                                + " adds λθ to the gradient before its preconditioner: coordinates with"
                                + " large gradients hardly decay, no single decay per step exists, and no published rule"
                                + " says what λ becomes elsewhere",
                        "the decoupled form (AdamW), with a λ tuned for it",
                        "arXiv:1711.05101"))
                : List.of();
    }

    /** Adam has a decoupled sibling everywhere; RMSprop with L2 is how EfficientNet was trained. */
    private static Severity severity(Subject subject) {
        return subject.recipe().family() == Family.ADAM ? Severity.WARNING : Severity.INFO;
    }
}
