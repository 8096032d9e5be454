package dev.wane.lab.transfer;

import dev.wane.plan.Alternative;
import dev.wane.plan.Plan;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which laws a study judges: the recommended one, its exact form and the one that keeps the decay per step; where none is
 * recommended, every published answer. Laws that prescribe betas, ε or a learning rate of their own would need arms that
 * differ in more than λ. A quick run judges only those that cost nothing beside the recommended law, because they share
 * its arm or the unscaled one.
 */
record ConfirmedLaws(boolean quick) {
    private static final Set<String> ALWAYS = Set.of("constant-timescale", "retention", "independent");
    private static final Set<String> IN_DISPUTE = Set.of("run-fraction", "normalised");

    List<Alternative> of(Plan plan) {
        double unscaled = Objects.requireNonNull(plan.base().weightDecay());
        List<Alternative> applicable = plan.alternatives().stream()
                .filter(alternative -> alternative.applicability().applicable())
                .filter(alternative -> judged(alternative.law().id(), plan))
                .toList();
        return quick ? free(applicable, unscaled) : applicable;
    }

    private static boolean judged(String law, Plan plan) {
        return ALWAYS.contains(law)
                || (IN_DISPUTE.contains(law) && plan.recommended().isEmpty());
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
