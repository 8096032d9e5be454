package dev.wane.lab.past;

import java.util.List;

/**
 * Runs of a sweep with a best in common, with the columns of what is taken out of their figures.
 *
 * @param plain 1 and the parabola in the timescale
 * @param beside the same and what the learning rate does
 * @param confounded whether that cannot be told from the timescale
 */
@SuppressWarnings("ArrayRecordComponent")
record SweepPart(List<Placed> runs, double[][] plain, double[][] beside, boolean confounded) {
    static SweepPart of(List<Placed> runs) {
        if (runs.isEmpty()) {
            return new SweepPart(runs, new double[0][], new double[0][], true);
        }
        double middle = runs.stream().mapToDouble(Placed::position).average().orElse(0);
        double[] x = runs.stream().mapToDouble(run -> run.position() - middle).toArray();
        double[][] one = runs.stream().map(run -> new double[] {1}).toArray(double[][]::new);
        return new SweepPart(
                runs,
                TimescaleFit.Shape.of(one, x, 2),
                TimescaleFit.Shape.of(LearningRateEffect.resolved(runs, x), x, 2),
                LearningRateEffect.confounded(runs));
    }

    /** Those of its runs that have one of the levels. */
    SweepPart with(Levels levels) {
        List<Placed> known =
                runs.stream().filter(run -> levels.of(run).isPresent()).toList();
        return known.size() == runs.size() ? this : of(known);
    }
}
