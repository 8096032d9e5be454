package dev.wane.lab.transfer;

import dev.wane.plan.Alternative;
import java.util.ArrayList;
import java.util.List;

/**
 * Which λ is trained for each law. Laws whose λ differ by less than 1 % share the arm of the first of them: no number of
 * seeds that anyone would pay for could tell them apart, and two arms would show noise as a difference between laws.
 * A law that leaves λ as it is shares the unscaled arm: rounding must not make two of them.
 */
final class SharedArms {
    private static final double TOLERANCE = 0.01;
    private static final double ROUNDING = 1e-9;

    private SharedArms() {}

    /** The λ to train for each alternative, in their order. */
    static List<Double> of(List<Alternative> planned, double unscaled) {
        List<Double> trained = new ArrayList<>();
        for (Alternative alternative : planned) {
            double own = alternative.weightDecay();
            double lambda = Math.abs(own / unscaled - 1) < ROUNDING ? unscaled : own;
            trained.add(trained.stream()
                    .filter(earlier -> Math.abs(lambda / earlier - 1) < TOLERANCE)
                    .findFirst()
                    .orElse(lambda));
        }
        return trained;
    }
}
