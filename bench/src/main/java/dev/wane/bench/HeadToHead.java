package dev.wane.bench;

import java.util.Arrays;

/**
 * Runs two sides in turn, A B A B …, after one uncounted round, so that a machine that slows down slows both. The ratio is
 * the median of the rounds' own ratios.
 *
 * @param test what is compared
 * @param threads intra-op threads of each side
 * @param rounds counted rounds, ≥ 1
 */
record HeadToHead(String test, int threads, int rounds) {
    /** A side and its name. */
    record Side(String name, Runnable work) {}

    Row run(Side candidate, Side reference) {
        candidate.work().run();
        reference.work().run();
        double[] ours = new double[rounds];
        double[] theirs = new double[rounds];
        double[] ratios = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            ours[round] = seconds(candidate.work());
            theirs[round] = seconds(reference.work());
            ratios[round] = theirs[round] / ours[round];
        }
        return new Row(
                test,
                threads,
                candidate.name(),
                reference.name(),
                median(ours),
                median(theirs),
                median(ratios),
                rounds);
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }
}
