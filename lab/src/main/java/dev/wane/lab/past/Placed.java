package dev.wane.lab.past;

import dev.wane.formats.runs.SweepRun;

/**
 * A run on its axis.
 *
 * @param place τ or 1/λ, finite and &gt; 0
 * @param judged its figure, smaller better
 */
record Placed(SweepRun run, double place, double judged) {
    double position() {
        return Math.log(place) / Math.log(2);
    }

    double learningRate() {
        Double rate = run.recipe().learningRate();
        return rate == null ? Double.NaN : rate;
    }
}
