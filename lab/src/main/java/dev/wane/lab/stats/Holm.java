package dev.wane.lab.stats;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Holm's step-down correction: of m tests the one with the smallest p-value is made at α/m, the next at α/(m − 1), and so
 * on; from the first that is not rejected, all later ones keep its level. The chance of any false rejection stays ≤ α.
 *
 * @see <a href="https://www.jstor.org/stable/4615733">Holm (1979)</a>
 */
public final class Holm {
    private Holm() {}

    /**
     * The level at which each test is made.
     *
     * @param pValues one per test
     * @param alpha family-wise error rate in (0, 1)
     * @return levels in the order of the p-values
     */
    public static List<Double> levels(List<Double> pValues, double alpha) {
        List<Integer> byPValue = IntStream.range(0, pValues.size())
                .boxed()
                .sorted(Comparator.comparing(pValues::get))
                .toList();
        Double[] levels = new Double[pValues.size()];
        int rank = 0;
        boolean rejecting = true;
        for (int test : byPValue) {
            double level = alpha / (pValues.size() - rank);
            levels[test] = level;
            rejecting = rejecting && pValues.get(test) <= level;
            rank += rejecting ? 1 : 0;
        }
        return IntStream.range(0, levels.length).mapToObj(i -> levels[i]).collect(Collectors.toList());
    }
}
