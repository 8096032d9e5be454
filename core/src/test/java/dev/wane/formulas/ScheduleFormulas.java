package dev.wane.formulas;

import dev.wane.schedule.AnalyticSums;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.CosineRestarts;
import dev.wane.schedule.InverseSqrt;
import dev.wane.schedule.InverseTime;
import dev.wane.schedule.Linear;
import dev.wane.schedule.PowerSums;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import dev.wane.schedule.UnderWarmup;
import dev.wane.schedule.WeightDecaySchedule;
import dev.wane.schedule.Wsd;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Of the package {@code schedule}. */
final class ScheduleFormulas {
    private ScheduleFormulas() {}

    static List<Formula> all() {
        return List.of(
                new Formula(
                        Schedule.class,
                        "s = (t + 1)/w",
                        x -> (x.w / 2 + 1.0) / x.w,
                        x -> new Schedule(new Cosine(x.f), x.w).multiplier(x.w / 2, x.steps)),
                new Formula(
                        Schedule.class,
                        "{@code shape.at(t − w, S − w)}",
                        x -> new Cosine(x.f).at(x.t - x.w, x.steps - x.w),
                        x -> new Schedule(new Cosine(x.f), x.w).multiplier(x.t, x.steps)),
                new Formula(
                        UnderWarmup.class,
                        "{@code inner.at(step + w, length + w)}",
                        x -> new Cosine(x.f).at(x.t + x.w, x.steps + x.w),
                        x -> new UnderWarmup(new Cosine(x.f), x.w).at(x.t, x.steps)),
                new Formula(
                        Linear.class,
                        "1 − (1 − f)·x with x = step/length",
                        x -> 1 - (1 - x.f) * x.t / x.steps,
                        x -> new Linear(x.f).at(x.t, x.steps)),
                new Formula(
                        Cosine.class,
                        "f + (1 − f)·½(1 + cos πx) with x = step/length",
                        x -> cosine(x.f, (double) x.t / x.steps),
                        x -> new Cosine(x.f).at(x.t, x.steps)),
                new Formula(
                        CosineRestarts.class,
                        "f + (1 − f)·½(1 + cos πx)",
                        x -> cosine(x.f, (x.t % x.w) / (double) x.w),
                        x -> new CosineRestarts(x.w, 1, x.f).at(x.t, x.steps)),
                new Formula(
                        CosineRestarts.class,
                        "period·growth^k",
                        x -> cosine(x.f, 0.5),
                        x -> new CosineRestarts(2 * x.w, 2, x.f).at(2 * x.w + 2 * x.w, x.steps)),
                new Formula(
                        InverseTime.class,
                        "1/(1 + t/T₀)",
                        x -> 1 / (1 + x.t / x.data),
                        x -> new InverseTime(x.data).at(x.t, x.steps)),
                new Formula(
                        InverseSqrt.class,
                        "1/√(1 + t/T₀)",
                        x -> 1 / Math.sqrt(1 + x.t / x.data),
                        x -> new InverseSqrt(x.data).at(x.t, x.steps)),
                new Formula(
                        WeightDecaySchedule.class,
                        "linear λ(1 + (r − 1)x)",
                        x -> 1 + (x.m - 1) * x.t / x.steps,
                        x -> new WeightDecaySchedule(WeightDecaySchedule.Kind.LINEAR, x.m).multiplier(x.t, x.steps)),
                new Formula(
                        WeightDecaySchedule.class,
                        "cosine λ(r + (1 − r)·½(1 + cos πx))",
                        x -> cosine(x.m, (double) x.t / x.steps),
                        x -> new WeightDecaySchedule(WeightDecaySchedule.Kind.COSINE, x.m).multiplier(x.t, x.steps)),
                sum("Σs = w/2 + T − w for constant", new Constant(), x -> x.w / 2.0 + x.steps - x.w),
                new Formula(
                        AnalyticSums.class,
                        "w/2 + (T − w)(1 + f)/2 for linear and cosine",
                        x -> 2 * (x.w / 2.0 + (x.steps - x.w) * (1 + x.f) / 2),
                        x -> AnalyticSums.sum(new Schedule(new Linear(x.f), x.w), x.steps)
                                + AnalyticSums.sum(new Schedule(new Cosine(x.f), x.w), x.steps)),
                new Formula(
                        AnalyticSums.class,
                        "wsd with D decay steps w/2 + (T − w − D) + D(1 + f)/2",
                        x -> x.w / 2.0 + (x.steps - x.w - x.w) + x.w * (1 + x.f) / 2,
                        x -> AnalyticSums.sum(new Schedule(new Wsd(x.w, x.f), x.w), x.steps)),
                new Formula(
                        AnalyticSums.class,
                        "linear w/3 + (T − w)(1 + f + f²)/3",
                        x -> x.w / 3.0 + (x.steps - x.w) * (1 + x.f + x.f * x.f) / 3,
                        x -> AnalyticSums.sumOfSquares(new Schedule(new Linear(x.f), x.w), x.steps)),
                new Formula(
                        AnalyticSums.class,
                        "w/3 + (T − w)[((1 + f)/2)² + (1 − f)²/8]",
                        x -> x.w / 3.0 + (x.steps - x.w) * (Math.pow((1 + x.f) / 2, 2) + Math.pow(1 - x.f, 2) / 8),
                        x -> AnalyticSums.sumOfSquares(new Schedule(new Cosine(x.f), x.w), x.steps)),
                new Formula(
                        PowerSums.class,
                        "Σ s_t^k",
                        x -> new Schedule(new Linear(x.f), x.w)
                                .multipliers(x.steps)
                                .map(s -> Math.pow(s, x.m))
                                .sum(),
                        x -> PowerSums.of(new Schedule(new Linear(x.f), x.w), x.steps, (int) x.m)),
                new Formula(
                        PowerSums.class,
                        "Σ_m C(k, m)·c^(k−m)·a^m·E_m",
                        ScheduleFormulas::powersOfCosine,
                        x -> PowerSums.of(new Schedule(new Cosine(x.f), 0), x.steps, (int) x.m)));
    }

    private static Formula sum(String written, ScheduleShape shape, ToDoubleFunction<Draw> byHand) {
        return new Formula(
                AnalyticSums.class, written, byHand, x -> AnalyticSums.sum(new Schedule(shape, x.w), x.steps));
    }

    private static double cosine(double floor, double x) {
        return floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * x));
    }

    /** E_m is n·C(m, m/2)/2^m for even m and 1 for odd m. */
    private static double powersOfCosine(Draw x) {
        int k = (int) x.m;
        double c = (1 + x.f) / 2;
        double a = (1 - x.f) / 2;
        double sum = 0;
        for (int m = 0; m <= k; m++) {
            double e = m % 2 == 0 ? x.steps * choose(m, m / 2) / Math.pow(2, m) : 1;
            sum += choose(k, m) * Math.pow(c, k - m) * Math.pow(a, m) * e;
        }
        return sum;
    }

    private static double choose(int n, int k) {
        double product = 1;
        for (int i = 1; i <= k; i++) {
            product = product * (n - k + i) / i;
        }
        return product;
    }
}
