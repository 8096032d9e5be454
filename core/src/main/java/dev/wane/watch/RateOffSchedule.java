package dev.wane.watch;

import dev.wane.recipe.Recipe;
import dev.wane.recipe.TrainingScale;
import dev.wane.schedule.Schedule;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A learning rate that leaves its schedule: never annealed, annealed at another speed, or started again at a resume. Programs
 * count steps from 0 or from 1, and some set the rate once an epoch: what the schedule says nearby is right too.
 */
final class RateOffSchedule {
    /** Of the peak: warm-ups and ends differ by a few steps between programs. */
    private static final double FAR = 0.05;

    private static final int LASTING = 3;
    private static final int NEARBY = 3;
    private static final double LONGER = 1.05;
    private static final double MOSTLY = 0.9;

    private RateOffSchedule() {}

    /** Where it stays off; empty where the schedule is not known, the log counts something else, or its speed says it. */
    static Optional<Diagnosis> of(WatchedRun run, Recipe recipe, Trace logged, double peak) {
        Schedule schedule = recipe.schedule();
        long steps = run.plannedSteps();
        boolean said = !new ScheduleSpeed().look(run).isEmpty();
        if (schedule == null || steps < 2 || run.lastStep() > LONGER * steps || said) {
            return Optional.empty();
        }
        long window = isStaircase(logged) || isByEpoch(logged, recipe) ? perEpoch(recipe) : NEARBY;
        // Where a warm-up begins is not part of a schedule: many begin at a share of the peak.
        List<Sample> samples = logged.samples().stream()
                .filter(sample -> sample.step() > schedule.warmupSteps() + window)
                .toList();
        int lasting = 0;
        for (int i = 0; i < samples.size(); i++) {
            lasting = off(samples.get(i), schedule, steps, window, peak) > FAR ? lasting + 1 : 0;
            if (lasting == LASTING) {
                return Optional.of(found(samples.get(i - LASTING + 1), schedule, steps, peak));
            }
        }
        return Optional.empty();
    }

    /** Most samples repeat the one before. */
    private static boolean isStaircase(Trace logged) {
        long values = logged.samples().stream().map(Sample::value).distinct().count();
        return 2 * values < logged.samples().size();
    }

    /** Once an epoch or more rarely: the rate may be that of its beginning or of its end. */
    private static boolean isByEpoch(Trace logged, Recipe recipe) {
        double apart = (logged.last().step() - logged.first().step())
                / Math.max(1, logged.samples().size() - 1);
        return apart > MOSTLY * TrainingScale.of(recipe).stepsPerEpoch();
    }

    private static long perEpoch(Recipe recipe) {
        double steps = TrainingScale.of(recipe).stepsPerEpoch();
        return Double.isFinite(steps) ? Math.max(NEARBY, (long) Math.ceil(steps)) : NEARBY;
    }

    /** How far outside of what the schedule says nearby, as a share of the peak. */
    private static double off(Sample sample, Schedule schedule, long steps, long window, double peak) {
        long step = (long) sample.step();
        double[] nearby = LongStream.of(-window, -window / 2, -2, -1, 0, 1, window / 2, window)
                .mapToDouble(apart -> multiplier(schedule, step + apart, steps))
                .sorted()
                .toArray();
        double share = sample.value() / peak;
        return Math.max(nearby[0] - share, share - nearby[nearby.length - 1]);
    }

    private static double multiplier(Schedule schedule, long step, long steps) {
        return schedule.multiplier(Math.clamp(step, 0, steps - 1), steps);
    }

    private static Diagnosis found(Sample first, Schedule schedule, long steps, double peak) {
        return new Diagnosis(
                "learning-rate-differs",
                Diagnosis.Severity.ERROR,
                "learning rate " + Diagnoser.number(first.value()) + " where the schedule says "
                        + Diagnoser.number(peak * multiplier(schedule, (long) first.step() - 1, steps)),
                "at " + LASTING + " samples in a row more than " + Diagnoser.number(100 * FAR)
                        + " % of the peak from what the schedule says nearby",
                first.step(),
                "step the scheduler once per step of the optimizer, and load its state with the optimizer's at a resume",
                "torch.optim.lr_scheduler: the rate moves only when step() is called");
    }
}
