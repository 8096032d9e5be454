package dev.wane.watch;

import java.util.List;

/** Rows of a decayed table that are far smaller than the others: rare tokens, whose decay is not answered by updates. */
final class LowNormRows implements Diagnoser {
    private static final double LOW = 0.1;
    private static final double SHRUNK = 0.5;

    @Override
    public List<Diagnosis> look(WatchedRun run) {
        return run.parameters().stream()
                .filter(WatchedParameter::decayed)
                .flatMap(parameter -> run.rows(parameter, "p01").stream()
                        .flatMap(least -> run.rows(parameter, "median").stream()
                                .filter(median -> low(least, median))
                                .map(median -> found(parameter, least, median))))
                .toList();
    }

    /** A row that began small, as one of padding does, was not made so. */
    private static boolean low(Trace least, Trace median) {
        double now = least.last().value();
        return now < LOW * median.last().value() && now < SHRUNK * least.first().value();
    }

    private static Diagnosis found(WatchedParameter parameter, Trace least, Trace median) {
        double first = least.samples().stream()
                .filter(sample -> sample.value() < LOW * median.at(sample.step()))
                .mapToDouble(Sample::step)
                .findFirst()
                .orElse(Double.NaN);
        return new Diagnosis(
                "low-norm-rows",
                Diagnosis.Severity.WARNING,
                "one row in a hundred of " + parameter.name() + " has at most RMS "
                        + Diagnoser.number(least.last().value()) + ", the median row "
                        + Diagnoser.number(median.last().value()),
                "below " + Diagnoser.number(LOW) + " of the median row, and below half of what it began with",
                first,
                "leave embeddings out of the decay, or decay the rows that have a gradient",
                "allenai/OLMo: embeddings are not decayed");
    }
}
