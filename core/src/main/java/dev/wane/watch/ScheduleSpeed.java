package dev.wane.watch;

import dev.wane.recipe.Recipe;
import dev.wane.schedule.Schedule;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * A schedule that is stepped N times per step of the optimizer, as where every process or every micro-batch steps it: the
 * logged rate follows s(N·t) and not s(t).
 */
final class ScheduleSpeed implements Diagnoser {
    private static final int FASTEST = 64;
    private static final double FITS = 0.03;
    private static final double MISSES = 0.15;
    private static final int LEAST = 5;
    /** Of the peak: a rate that hardly moves follows no schedule, at any speed. */
    private static final double MOVES = 0.05;

    @Override
    public List<Diagnosis> look(WatchedRun run) {
        Recipe recipe = run.recipe();
        Schedule schedule = recipe == null ? null : recipe.schedule();
        Trace rate = run.learningRate().orElse(null);
        if (recipe == null || schedule == null || rate == null || rate.samples().size() < LEAST) {
            return List.of();
        }
        long steps = run.plannedSteps();
        if (steps < 2) {
            return List.of();
        }
        Double meant = recipe.learningRate();
        double peak = meant == null ? rate.max() : meant;
        double asMeant = miss(rate, peak, schedule, steps, 1);
        if (!(asMeant > MISSES) || !moves(rate, peak)) {
            return List.of();
        }
        int times = IntStream.rangeClosed(2, FASTEST)
                .boxed()
                .min(Comparator.comparingDouble(each -> miss(rate, peak, schedule, steps, each)))
                .orElseThrow();
        return miss(rate, peak, schedule, steps, times) < FITS
                ? List.of(found(rate, peak, schedule, steps, times, asMeant))
                : List.of();
    }

    private static boolean moves(Trace rate, double peak) {
        double least = rate.samples().stream().mapToDouble(Sample::value).min().orElse(Double.NaN);
        return rate.max() - least > MOVES * peak;
    }

    private static Diagnosis found(Trace rate, double peak, Schedule schedule, long steps, int times, double asMeant) {
        return new Diagnosis(
                "schedule-stepped-often",
                Diagnosis.Severity.ERROR,
                "the learning rate follows the schedule of step " + times + "·t: it misses that of step t by "
                        + Diagnoser.number(100 * asMeant) + " % of the peak (root mean square), and this one by "
                        + Diagnoser.number(100 * miss(rate, peak, schedule, steps, times)) + " %",
                "beyond " + Diagnoser.number(100 * MISSES) + " % as meant, within " + Diagnoser.number(100 * FITS)
                        + " % at another speed",
                first(rate, peak, schedule, steps),
                "step the scheduler once per step of the optimizer: not per micro-batch, not on every process",
                "huggingface/accelerate: AcceleratedScheduler steps num_processes times");
    }

    /** Where it leaves the schedule by more than the threshold. */
    private static double first(Trace rate, double peak, Schedule schedule, long steps) {
        return rate.samples().stream()
                .filter(sample -> Math.abs(sample.value() / peak - multiplier(schedule, sample.step(), steps)) > MISSES)
                .mapToDouble(Sample::step)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Past its end a schedule stays where it is, or goes back the way it came and forth again, as torch's cosine does. */
    private static double miss(Trace rate, double peak, Schedule schedule, long steps, int times) {
        return Math.min(
                miss(rate, peak, step -> multiplier(schedule, times * step, steps)),
                miss(rate, peak, step -> multiplier(schedule, reflected(times * step, schedule, steps), steps)));
    }

    private static double reflected(double step, Schedule schedule, long steps) {
        double once = Math.max(1, steps - schedule.warmupSteps());
        double after = (step - schedule.warmupSteps()) % (2 * once);
        return step <= steps ? step : schedule.warmupSteps() + Math.min(after, 2 * once - after);
    }

    /** Root mean square over the log. */
    private static double miss(Trace rate, double peak, DoubleUnaryOperator meant) {
        return Math.sqrt(rate.samples().stream()
                .mapToDouble(sample -> sample.value() / peak - meant.applyAsDouble(sample.step()))
                .map(miss -> miss * miss)
                .average()
                .orElse(Double.NaN));
    }

    private static double multiplier(Schedule schedule, double step, long steps) {
        return schedule.multiplier(Math.clamp((long) step - 1, 0, steps - 1), steps);
    }
}
