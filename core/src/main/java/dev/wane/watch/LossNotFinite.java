package dev.wane.watch;

import java.util.List;

/** A training loss that is NaN or infinite and does not come back: nothing that is measured after it means anything. */
final class LossNotFinite implements Diagnoser {
    private static final int LASTING = 3;

    @Override
    public List<Diagnosis> look(WatchedRun run) {
        List<Sample> samples = run.trainLoss().map(Trace::samples).orElse(List.of());
        int from = samples.size();
        while (from > 0 && !Double.isFinite(samples.get(from - 1).value())) {
            from--;
        }
        boolean was = from > 0 && from + LASTING <= samples.size();
        return was ? List.of(found(samples.get(from), samples.size() - from)) : List.of();
    }

    private static Diagnosis found(Sample first, int samples) {
        return new Diagnosis(
                "loss-not-finite",
                Diagnosis.Severity.ERROR,
                "the training loss is " + first.value() + " in the last " + samples + " samples",
                LASTING + " samples or more, to the end of the log",
                first.step(),
                "go back to a checkpoint before it, with a smaller learning rate or a longer warm-up; a larger λ does not help",
                "the log");
    }
}
