package dev.wane.watch;

import java.util.List;

/** Rows that never have a gradient and are decayed all the same: they go to 0 without having learnt anything. */
final class DecayedFrozenRows implements Diagnoser {
    private static final double SHRUNK = 0.9;
    private static final int LEAST = 10;

    @Override
    public List<Diagnosis> look(WatchedRun run) {
        return run.parameters().stream()
                .filter(WatchedParameter::decayed)
                .flatMap(parameter -> run.rows(parameter, "silent_rms").stream()
                        .filter(rms -> always(run, parameter) && rms.samples().size() >= LEAST)
                        .filter(rms -> rms.last().value() < SHRUNK * rms.first().value())
                        .map(rms -> found(run, parameter, rms)))
                .toList();
    }

    private static boolean always(WatchedRun run, WatchedParameter parameter) {
        return run.rows(parameter, "without_gradient").stream()
                .allMatch(share -> share.samples().stream().allMatch(sample -> sample.value() > 0));
    }

    private static Diagnosis found(WatchedRun run, WatchedParameter parameter, Trace rms) {
        double share = run.rows(parameter, "without_gradient")
                .map(trace -> trace.last().value())
                .orElse(Double.NaN);
        double first = rms.samples().stream()
                .filter(sample -> sample.value() < SHRUNK * rms.first().value())
                .mapToDouble(Sample::step)
                .findFirst()
                .orElse(Double.NaN);
        return new Diagnosis(
                "decayed-frozen-rows",
                Diagnosis.Severity.WARNING,
                Diagnoser.number(100 * share) + " % of the rows of " + parameter.name()
                        + " had no gradient, and their RMS went from "
                        + Diagnoser.number(rms.first().value()) + " to "
                        + Diagnoser.number(rms.last().value()),
                "rows without a gradient in any of ten or more samples, below " + Diagnoser.number(100 * SHRUNK)
                        + " % of their size",
                first,
                "leave the table out of the decay: unused tokens lose their start",
                "torch.optim.AdamW: a zero gradient is decayed like any other");
    }
}
