package dev.wane.watch;

import java.util.List;
import java.util.Optional;

/** Rows that never have a gradient and are decayed all the same: they go to 0 without having learnt anything. */
final class DecayedFrozenRows implements Diagnoser {
    private static final double SHRUNK = 0.9;
    private static final int LEAST = 10;

    @Override
    public List<Diagnosis> look(WatchedRun run) {
        return run.parameters().stream()
                .filter(WatchedParameter::decayed)
                .flatMap(parameter -> found(run, parameter).stream())
                .toList();
    }

    /** The same rows then and now: fewer are silent with every sample. */
    private static Optional<Diagnosis> found(WatchedRun run, WatchedParameter parameter) {
        Trace share = run.rows(parameter, "without_gradient").orElse(null);
        Trace now = run.rows(parameter, "silent_rms").orElse(null);
        Trace start = run.rows(parameter, "silent_start").orElse(null);
        if (share == null || now == null || start == null || now.isEmpty() || start.isEmpty()) {
            return Optional.empty();
        }
        boolean always = share.samples().stream().allMatch(sample -> sample.value() > 0);
        boolean shrunk = now.last().value() < SHRUNK * start.last().value();
        return always && shrunk && now.samples().size() >= LEAST
                ? Optional.of(diagnosis(parameter, share, now, start))
                : Optional.empty();
    }

    private static Diagnosis diagnosis(WatchedParameter parameter, Trace share, Trace now, Trace start) {
        double first = now.samples().stream()
                .filter(sample -> sample.value() < SHRUNK * start.at(sample.step()))
                .mapToDouble(Sample::step)
                .findFirst()
                .orElse(Double.NaN);
        return new Diagnosis(
                "decayed-frozen-rows",
                Diagnosis.Severity.WARNING,
                Diagnoser.number(100 * share.last().value()) + " % of the rows of " + parameter.name()
                        + " were never seen with a gradient, and their RMS went from "
                        + Diagnoser.number(start.last().value()) + " to "
                        + Diagnoser.number(now.last().value()),
                "rows without a gradient in any of ten or more samples, below " + Diagnoser.number(100 * SHRUNK)
                        + " % of their size",
                first,
                "leave the table out of the decay: unused tokens lose their start",
                "torch.optim.AdamW: a zero gradient is decayed like any other");
    }
}
