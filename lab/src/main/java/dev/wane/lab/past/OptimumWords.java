package dev.wane.lab.past;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** What past runs say, in sentences that the terminal and the reports share. */
public final class OptimumWords {
    private static final MathContext DIGITS = new MathContext(3);
    private static final List<Double> FACTORS = List.of(2.0, 4.0, 8.0);

    private OptimumWords() {}

    /** Wrong by so much. */
    public static List<Double> factors() {
        return FACTORS;
    }

    /** How many runs there are and what became of them. */
    public static String counts(SweepFindings findings) {
        RunCounts counts = findings.counts();
        List<String> parts = new ArrayList<>();
        part(counts.unfinished(), "not finished", parts);
        part(counts.unmeasured(), "without " + findings.metric().name(), parts);
        part(counts.diverged(), "diverged", parts);
        part(counts.withoutDecay(), "without weight decay", parts);
        part(counts.unplaced(), "of unknown learning rate or weight decay", parts);
        part(counts.inert(), "inert: their decay removed less than a tenth of the weights", parts);
        return counts.all() + " runs (" + findings.kind() + ")"
                + (parts.isEmpty() ? "" : "; " + String.join(", ", parts));
    }

    private static void part(int count, String what, List<String> to) {
        if (count > 0) {
            to.add(count + " " + what);
        }
    }

    /** Where the best lies. */
    public static String best(SettingFindings setting) {
        TimescaleFit fit = setting.fit();
        String single =
                "the best run has λ " + number(setting.weightDecay()) + ", τ " + place(setting, setting.bestPlace());
        if (fit == null) {
            return "no best timescale: " + setting.reason() + "; " + single;
        }
        if (!fit.resolved()) {
            return "no best timescale: " + fit.used() + " runs do not tell what it does from their scatter; " + single;
        }
        if (fit.edge() != 0) {
            return "no best between the runs: they get better up to the " + (fit.edge() < 0 ? "smallest" : "largest")
                    + " timescale; " + single;
        }
        double[] interval = fit.parabola().fiellerInterval();
        return "best at τ = " + place(setting, fit.parabola().vertex())
                + (interval == null
                        ? ", not bounded by these runs"
                        : " (95 %: " + number(interval[0]) + " to " + number(interval[1]) + ")")
                + ": λ " + number(setting.weightDecay()) + " at learning rate "
                + number(rate(setting))
                + (fit.lopsided() ? "; one side is steeper than the other, and a miss costs more there" : "");
    }

    private static double rate(SettingFindings setting) {
        Double rate = setting.recipe().learningRate();
        return rate == null ? Double.NaN : rate;
    }

    /** A place with its unit. */
    public static String place(SettingFindings setting, double place) {
        return number(place)
                + (setting.axis().isTimescale() ? " " + setting.axis().unit() : "");
    }

    /** What it costs to be wrong by a factor. */
    public static String cost(Cost cost, String metric) {
        String resolved = cost.low() == null || cost.high() == null
                ? ""
                : cost.low() > 0
                        ? " (95 %: " + number(cost.low()) + " to " + number(cost.high()) + ")"
                        : " (at most " + number(cost.high()) + ": not told from nothing)";
        return "a timescale wrong by " + number(cost.factor()) + "× costs " + number(cost.loss()) + " in " + metric
                + resolved + (cost.within() ? "" : ", beyond the runs of the fit");
    }

    /** What a dimension did. */
    public static String dimension(DimensionFinding found) {
        return found.name()
                + (found.standsOut()
                        ? ": stands out, " + number(found.range()) + " between its best and worst level"
                        : ": nothing that stands out at equal timescale; " + number(found.range())
                                + " between levels, p " + number(found.pValue()));
    }

    /** A run that would tell more. */
    public static String next(NextRun run, SettingFindings setting) {
        return (run.count() > 1 ? run.count() + " seeds of " : "") + "learning rate " + number(run.learningRate())
                + ", λ " + number(run.weightDecay()) + " (τ " + place(setting, run.place()) + "): " + run.reason();
    }

    /** Three significant digits. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return "unknown";
        }
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        return rounded.scale() > 6 || rounded.precision() - rounded.scale() > 9
                ? rounded.toString()
                : rounded.toPlainString();
    }
}
