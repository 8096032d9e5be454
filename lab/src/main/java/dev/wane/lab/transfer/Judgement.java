package dev.wane.lab.transfer;

import dev.wane.lab.stats.Holm;
import dev.wane.lab.stats.Interval;
import dev.wane.lab.stats.PairedDifference;
import dev.wane.lab.stats.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How an arm compares with the best.
 *
 * @param arm the λ and its runs
 * @param regret mean paired difference to the best arm; NaN where a run diverged
 * @param interval of the regret at the level
 * @param level error rate of the interval: 0.05, or less under Holm's correction
 * @param verdict by the interval and the margin
 */
public record Judgement(Arm arm, PairedDifference regret, Interval interval, double level, Verdict verdict) {
    private static final double ALPHA = 0.05;

    /** One arm by itself. */
    static Judgement alone(Arm arm, Arm best, double margin) {
        return at(ALPHA, arm, best, margin);
    }

    /**
     * The arms of several laws: the error rate is that of the family of distinct arms.
     *
     * @param arms one per law; laws that share their runs have equal λ
     */
    static List<Judgement> family(List<Arm> arms, Arm best, double margin) {
        Map<Double, Double> pValues = new LinkedHashMap<>();
        arms.forEach(arm -> pValues.put(arm.weightDecay(), pValue(arm, best, margin)));
        List<Double> levels = Holm.levels(List.copyOf(pValues.values()), ALPHA);
        List<Double> lambdas = List.copyOf(pValues.keySet());
        return arms.stream()
                .map(arm -> at(levels.get(lambdas.indexOf(arm.weightDecay())), arm, best, margin))
                .toList();
    }

    /** A diverged arm has no p-value and takes the last place. */
    private static double pValue(Arm arm, Arm best, double margin) {
        double p = PairedDifference.of(arm.values(), best.values()).pValue(margin);
        return Double.isNaN(p) ? 1 : p;
    }

    private static Judgement at(double level, Arm arm, Arm best, double margin) {
        PairedDifference regret = PairedDifference.of(arm.values(), best.values());
        Interval interval = regret.interval(level);
        return new Judgement(arm, regret, interval, level, verdict(arm, best, interval, margin));
    }

    /** Where the best diverged too, nothing can be compared. */
    private static Verdict verdict(Arm arm, Arm best, Interval interval, double margin) {
        if (best.diverged() > 0) {
            return Verdict.UNRESOLVED;
        }
        return arm.diverged() > 0 ? Verdict.DOES_NOT_TRANSFER : Verdict.of(interval, margin);
    }

    /** Whether the arm is worse than the best by more than three standard errors. */
    public boolean costs() {
        return regret.standsOut() && regret.mean() > 0;
    }

    /** Share of another arm's regret that this arm does not have; NaN where that regret does not stand out of the noise. */
    public double gapClosed(Judgement unscaled) {
        return unscaled.costs() ? 1 - regret.mean() / unscaled.regret().mean() : Double.NaN;
    }
}
