package dev.wane.lab.transfer;

import dev.wane.formats.experiment.Tuning;
import dev.wane.law.Unchanged;
import dev.wane.plan.Alternative;
import dev.wane.plan.Plan;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where to look for the best λ at a target: from the unscaled and recommended λ to one step beyond the larger, and as far
 * below as a parabola needs: five points, four on a coarse lattice. The search grows it where the best stands at an edge.
 */
final class Bracket {
    private static final int FEWEST = 5;
    private static final double COARSE = 4;

    private Bracket() {}

    static List<Integer> places(Plan plan, Tuning lattice) {
        double[] lambdas = plan.alternatives().stream()
                .filter(alternative -> alternative.recommended() || alternative.law() instanceof Unchanged)
                .mapToDouble(Alternative::weightDecay)
                .sorted()
                .toArray();
        int high = lattice.placeAtOrAbove(lambdas[lambdas.length - 1]) + 1;
        int low = Math.min(lattice.placeAtOrBelow(lambdas[0]), high - fewest(lattice) + 1);
        return IntStream.rangeClosed(low, high).boxed().toList();
    }

    private static int fewest(Tuning lattice) {
        return lattice.factor() < COARSE ? FEWEST : FEWEST - 1;
    }
}
