package dev.wane.lint;

import dev.wane.framework.Family;
import dev.wane.framework.Optimizer;
import java.util.List;

/** An optimizer chosen for its decoupled decay, whose λ nobody set and whose default is 0. A λ written as 0 is meant. */
public record AdamWZero() implements Rule {
    @Override
    public String id() {
        return "adamw-zero";
    }

    @Override
    public String title() {
        return "AdamW without weight decay is Adam";
    }

    @Override
    public List<Finding> check(Subject subject) {
        Optimizer optimizer = subject.recipe().optimizer();
        boolean zero =
                subject.recipe().weightDecay() != null && subject.recipe().weightDecay() == 0;
        if (!zero
                || subject.context().weightDecayGiven()
                || subject.recipe().family() != Family.ADAM
                || !optimizer.id().contains("adamw")) {
            return List.of();
        }
        return List.of(new Finding(
                id(),
                subject.context().mildDecayIsUsual() ? Severity.INFO : Severity.WARNING,
                "weightDecay",
                optimizer + " decays by nothing: no λ is written, and the default is 0.0",
                "write the λ that is meant, 0 included",
                "the framework's default"));
    }
}
