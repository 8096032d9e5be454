package dev.wane.watch;

import java.util.List;

/**
 * Gradients that grow while the learning rate falls: under decay ‖g‖/‖w‖ settles at √(2λ/η), which rises as η goes to 0
 * (Defazio 2506.02285).
 */
final class GradientRise implements Diagnoser {
    private static final double RISE = 2;
    private static final double RATE_LEFT = 0.3;
    private static final double LATE = 0.9;
    private static final double EARLY_FROM = 0.3;
    private static final double EARLY_TO = 0.6;
    private static final int LEAST = 20;

    @Override
    public List<Diagnosis> look(WatchedRun run) {
        Trace gradient = run.gradientNorm().orElse(null);
        Trace rate = run.learningRate().orElse(null);
        double end = run.lastStep();
        if (gradient == null
                || rate == null
                || !(run.lambda() > 0)
                || gradient.samples().size() < LEAST) {
            return List.of();
        }
        double early = gradient.median(step -> step >= EARLY_FROM * end && step <= EARLY_TO * end);
        double late = gradient.median(step -> step >= LATE * end);
        double fallen = rate.median(step -> step >= LATE * end)
                / rate.median(step -> step >= EARLY_FROM * end && step <= EARLY_TO * end);
        if (!(late > RISE * early) || !(fallen < RATE_LEFT)) {
            return List.of();
        }
        return List.of(new Diagnosis(
                "gradient-rise",
                Diagnosis.Severity.INFO,
                "the gradient norm rose from " + Diagnoser.number(early) + " to " + Diagnoser.number(late)
                        + " while the learning rate fell to " + Diagnoser.number(100 * fallen) + " % of what it was",
                "more than " + Diagnoser.number(RISE) + " times, at less than " + Diagnoser.number(100 * RATE_LEFT)
                        + " % of the rate",
                LATE * end,
                "expected of decay under a falling rate, and no divergence; AdamC scales λ by η/η_max and takes it away",
                "arXiv:2506.02285"));
    }
}
