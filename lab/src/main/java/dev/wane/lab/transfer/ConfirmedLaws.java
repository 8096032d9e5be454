package dev.wane.lab.transfer;

import dev.wane.law.Unchanged;
import dev.wane.plan.Alternative;
import dev.wane.plan.Plan;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Which laws a study judges: every applicable one, leaving λ as it is aside. A quick run judges only those that cost
 * nothing beside the recommended law, because they share its arm or the unscaled one.
 */
record ConfirmedLaws(boolean quick) {
    List<Alternative> of(Plan plan) {
        double unscaled = Objects.requireNonNull(plan.base().weightDecay());
        List<Alternative> applicable = plan.alternatives().stream()
                .filter(alternative -> alternative.applicability().applicable())
                .filter(alternative -> !(alternative.law() instanceof Unchanged))
                .toList();
        return quick ? free(applicable, unscaled) : applicable;
    }

    private static List<Alternative> free(List<Alternative> applicable, double unscaled) {
        List<Double> arms = SharedArms.of(applicable, unscaled);
        List<Double> paid = IntStream.range(0, arms.size())
                .filter(i -> applicable.get(i).recommended())
                .mapToObj(arms::get)
                .toList();
        return IntStream.range(0, arms.size())
                .filter(i -> paid.isEmpty() || paid.contains(arms.get(i)) || arms.get(i) == unscaled)
                .mapToObj(applicable::get)
                .toList();
    }
}
