package dev.wane.watch;

import java.util.List;

/** Rows of a decayed table that are far smaller than the others: rare tokens, whose decay is not answered by updates. */
final class LowNormRows implements Diagnoser {
    private static final double LOW = 0.1;

    @Override
    public List<Diagnosis> look(WatchedRun run) {
        return run.parameters().stream()
                .filter(WatchedParameter::decayed)
                .flatMap(parameter -> run.rows(parameter, "min").stream()
                        .flatMap(least -> run.rows(parameter, "median").stream()
                                .filter(median -> least.last().value()
                                        < LOW * median.last().value())
                                .map(median -> found(parameter, least, median))))
                .toList();
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
                "the smallest row of " + parameter.name() + " has RMS "
                        + Diagnoser.number(least.last().value()) + ", the median row "
                        + Diagnoser.number(median.last().value()),
                "below " + Diagnoser.number(LOW) + " of the median row",
                first,
                "leave embeddings out of the decay, or decay the rows that have a gradient",
                "allenai/OLMo: embeddings are not decayed");
    }
}
