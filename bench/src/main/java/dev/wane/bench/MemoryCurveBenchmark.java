package dev.wane.bench;

import dev.wane.decay.Decay;
import dev.wane.dynamics.DecayRun;
import dev.wane.dynamics.Memory;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import java.util.List;

/**
 * The memory curve of a million steps under a cosine, against the same weights from running sums of logarithms.
 *
 * <p>Run: {@code bench/run memory-curve}
 */
final class MemoryCurveBenchmark implements Benchmark {
    private static final int ROUNDS = 15;
    private static final int STEPS = 1_000_000;

    @Override
    public String name() {
        return "memory-curve";
    }

    @Override
    public List<Row> run() {
        DecayRun run = DecayRun.of(Decay.decoupledLr(0.1), 1e-4, new Schedule(new Cosine(0), 0), STEPS);
        return List.of(new HeadToHead("memory curve of 1,000,000 steps", 1, ROUNDS)
                .run(
                        new HeadToHead.Side("one pass backwards", () -> check(Memory.curve(run))),
                        new HeadToHead.Side("sums of logarithms", () -> check(logarithms(run)))));
    }

    private static double[] logarithms(DecayRun run) {
        double[] weights = new double[STEPS];
        double log = 0;
        for (int step = STEPS - 1; step >= 0; step--) {
            double decay = run.decayPerStep(step);
            weights[step] = decay * Math.exp(log);
            log += Math.log1p(-decay);
        }
        return weights;
    }

    private static void check(double[] weights) {
        if (!(weights[0] > 0)) {
            throw new IllegalStateException("no weight");
        }
    }
}
