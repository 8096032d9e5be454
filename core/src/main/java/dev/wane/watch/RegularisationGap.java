package dev.wane.watch;

import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;

/**
 * Two runs of different λ at the same share of their schedules: before its end a run with more decay looks worse than it
 * will be, so that anything else compares nothing.
 */
public final class RegularisationGap {
    private static final double DIFFERENT = 0.01;
    private static final double CLEAR = 2;
    private static final double WINDOW = 0.05;
    /** Fewer do not show how much they scatter. */
    private static final int FEW = 3;

    private RegularisationGap() {}

    /**
     * Whether a run is over- or under-regularised beside another.
     *
     * @param run the one that is judged
     * @param other the one beside it
     * @return at most one diagnosis; none where lengths are unknown, fewer than three losses were measured, or nothing
     *     differs by more than 1 % and two standard errors
     */
    public static List<Diagnosis> of(WatchedRun run, WatchedRun other) {
        double share = Math.min(share(run), share(other));
        Optional<Losses> mine = Losses.of(run, share);
        Optional<Losses> its = Losses.of(other, share);
        if (mine.isEmpty() || its.isEmpty() || !(Math.abs(run.lambda() - other.lambda()) > 0)) {
            return List.of();
        }
        boolean more = run.lambda() > other.lambda();
        int worse = mine.get().heldOut().beside(its.get().heldOut());
        int train = mine.get().train().beside(its.get().train());
        boolean over = more && worse > 0 && train > 0;
        boolean under = !more && worse > 0 && train < 0;
        return over || under ? List.of(found(run, other, share, mine.get(), its.get(), over)) : List.of();
    }

    /**
     * Why two runs cannot be compared.
     *
     * @param run the one that is judged
     * @param other the one beside it
     * @return a few words; empty where they are compared
     */
    public static Optional<String> obstacle(WatchedRun run, WatchedRun other) {
        double share = Math.min(share(run), share(other));
        if (Double.isNaN(share)) {
            return Optional.of("the planned length of a run is not known");
        }
        if (!(Math.abs(run.lambda() - other.lambda()) > 0)) {
            return Optional.of("their λ is the same, or not known");
        }
        return Losses.of(run, share).isEmpty() || Losses.of(other, share).isEmpty()
                ? Optional.of("a train and a held-out loss were not measured " + FEW + " times in both up to "
                        + Diagnoser.number(100 * share) + " % of their schedules")
                : Optional.empty();
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
                        + " has train loss " + Diagnoser.number(mine.train().value()) + " and held-out loss "
                        + Diagnoser.number(mine.heldOut().value()) + ", λ " + Diagnoser.number(other.lambda()) + " has "
                        + Diagnoser.number(its.train().value()) + " and "
                        + Diagnoser.number(its.heldOut().value()),
                "held-out loss more than 1 % and two standard errors worse, and train loss so much "
                        + (over ? "worse" : "better"),
                share * run.plannedSteps(),
                over ? "a smaller λ" : "a larger λ",
                "arXiv:2310.04415");
    }

    /**
     * A loss around a step: the median of those of the last twentieth of the schedule, which single batches do not move.
     * Where a loss is measured more rarely, the last one, which may be off by as much as the last three scatter.
     */
    private record Loss(double value, double error) {
        static Optional<Loss> of(Trace trace, double step, double planned) {
            double third = trace.lastStep(FEW, step);
            if (Double.isNaN(third)) {
                return Optional.empty();
            }
            double window = step - WINDOW * planned;
            DoublePredicate near = each -> each <= step && each > window;
            return Optional.of(
                    third > window
                            ? new Loss(trace.median(near), trace.medianError(near))
                            : new Loss(trace.at(step), trace.spread(each -> each <= step && each >= third)));
        }

        /** 1 where it is clearly larger than another, −1 where it is clearly smaller, else 0. */
        int beside(Loss other) {
            double difference = value - other.value;
            boolean clear = Math.abs(difference) > DIFFERENT * other.value
                    && Math.abs(difference) > CLEAR * Math.hypot(error, other.error);
            return clear ? (int) Math.signum(difference) : 0;
        }
    }

    private record Losses(Loss train, Loss heldOut) {
        static Optional<Losses> of(WatchedRun run, double share) {
            double step = share * run.plannedSteps();
            return run.trainLoss()
                    .flatMap(train -> Loss.of(train, step, run.plannedSteps()))
                    .flatMap(train -> run.heldOutLoss()
                            .flatMap(held -> Loss.of(held, step, run.plannedSteps()))
                            .map(held -> new Losses(train, held)))
                    .filter(losses -> losses.train.value > 0 && losses.heldOut.value > 0);
        }
    }
}
