package dev.wane.cli;

import dev.wane.watch.Sample;
import dev.wane.watch.Trace;
import java.util.List;

/** A curve in one line of text. */
final class Sparkline {
    private static final String LEVELS = "▁▂▃▄▅▆▇█";

    private Sparkline() {}

    /** The mean of each part of the run as one of eight heights; a blank where nothing was logged. */
    static String of(Trace trace, int width) {
        List<Sample> samples = trace.samples();
        double from = samples.getFirst().step();
        double span = Math.max(1, samples.getLast().step() - from);
        double[] sums = new double[width];
        int[] counts = new int[width];
        for (Sample sample : samples) {
            if (Double.isFinite(sample.value())) {
                int column = (int) Math.min(width - 1, (sample.step() - from) / span * width);
                sums[column] += sample.value();
                counts[column]++;
            }
        }
        return drawn(sums, counts);
    }

    private static String drawn(double[] sums, int[] counts) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < sums.length; i++) {
            if (counts[i] > 0) {
                least = Math.min(least, sums[i] / counts[i]);
                most = Math.max(most, sums[i] / counts[i]);
            }
        }
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < sums.length; i++) {
            double height = most > least ? (sums[i] / counts[i] - least) / (most - least) : 0;
            line.append(counts[i] == 0 ? ' ' : LEVELS.charAt((int) Math.min(7, height * 8)));
        }
        return line.toString();
    }
}
