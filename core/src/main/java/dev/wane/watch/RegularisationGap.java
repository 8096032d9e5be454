package dev.wane.watch;

import java.util.List;
import java.util.Optional;

/**
 * Two runs of different λ at the same share of their schedules: before its end a run with more decay looks worse than it
 * will be, so that anything else compares nothing.
 */
public final class RegularisationGap {
    private static final double DIFFERENT = 0.01;

    private RegularisationGap() {}

    /**
     * Whether a run is over- or under-regularised beside another.
     *
     * @param run the one that is judged
     * @param other the one beside it
     * @return at most one diagnosis; none where lengths or losses are unknown, or nothing differs by more than 1 %
     */
    public static List<Diagnosis> of(WatchedRun run, WatchedRun other) {
        double share = Math.min(share(run), share(other));
        Optional<Losses> mine = Losses.of(run, share);
        Optional<Losses> its = Losses.of(other, share);
        if (mine.isEmpty() || its.isEmpty() || !(Math.abs(run.lambda() - other.lambda()) > 0)) {
            return List.of();
        }
        boolean more = run.lambda() > other.lambda();
        double worse = mine.get().heldOut() / its.get().heldOut() - 1;
        double train = mine.get().train() / its.get().train() - 1;
        boolean over = more && worse > DIFFERENT && train > DIFFERENT;
        boolean under = !more && worse > DIFFERENT && train < -DIFFERENT;
        return over || under ? List.of(found(run, other, share, mine.get(), its.get(), over)) : List.of();
    }

    private static double share(WatchedRun run) {
        return run.plannedSteps() == 0 ? Double.NaN : Math.min(1, run.lastStep() / run.plannedSteps());
    }

    private static Diagnosis found(
            WatchedRun run, WatchedRun other, double share, Losses mine, Losses its, boolean over) {
        return new Diagnosis(
                over ? "over-regularised" : "under-regularised",
                Diagnosis.Severity.WARNING,
                "at " + Diagnoser.number(100 * share) + " % of both schedules λ " + Diagnoser.number(run.lambda())
                        + " has train loss " + Diagnoser.number(mine.train()) + " and held-out loss "
                        + Diagnoser.number(mine.heldOut()) + ", λ " + Diagnoser.number(other.lambda()) + " has "
                        + Diagnoser.number(its.train()) + " and " + Diagnoser.number(its.heldOut()),
                "held-out loss more than 1 % worse, and train loss more than 1 % " + (over ? "worse" : "better"),
                share * run.plannedSteps(),
                over ? "a smaller λ" : "a larger λ",
                "arXiv:2310.04415");
    }

    private record Losses(double train, double heldOut) {
        static Optional<Losses> of(WatchedRun run, double share) {
            double step = share * run.plannedSteps();
            return run.trainLoss()
                    .flatMap(train -> run.heldOutLoss()
                            .map(held -> new Losses(train.at(step), held.at(step)))
                            .filter(losses -> losses.train > 0 && losses.heldOut > 0));
        }
    }
}
