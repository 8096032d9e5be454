package dev.wane.lab.transfer;

import dev.wane.formats.experiment.Metric;
import dev.wane.lab.fit.Optimum;
import dev.wane.lab.stats.PairedDifference;
import dev.wane.lab.transfer.TransferResult.TargetResult;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Numbers of a study for people; the same words on the terminal and in reports.
 *
 * @param metric what is judged; shares are shown in per cent
 */
public record Figures(Metric metric) {
    private static final MathContext DIGITS = new MathContext(3);

    /** A value of the metric with its unit. */
    public String value(double value) {
        if (Double.isNaN(value)) {
            return "diverged";
        }
        return absolute(value) + unit();
    }

    /** A standard deviation of the metric with its unit; it has no sign, whichever way is better. */
    public String deviation(double value) {
        return Double.isNaN(value) ? "diverged" : number(value) + unit();
    }

    /** " %" for shares, " nats" for those, nothing else. */
    public String unit() {
        return switch (metric.unit()) {
            case SHARE -> " %";
            case NATS -> " nats";
            case NONE -> "";
        };
    }

    /** A difference of two values of the metric with its unit: percentage points for shares. */
    public String difference(double value) {
        return number(value) + (metric.isShare() ? " points" : unit());
    }

    /** The unit of a difference, for headings. */
    public String differenceUnit() {
        return switch (metric.unit()) {
            case SHARE -> "percentage points";
            case NATS -> "nats";
            case NONE -> metric.id();
        };
    }

    /** A judged value as it is drawn. */
    public double drawn(double judged) {
        return scaled(metric.judged(judged));
    }

    /** A difference as it is drawn: shares times 100. */
    public double scaled(double value) {
        return metric.isShare() ? 100 * value : value;
    }

    public String lambda(double weightDecay) {
        return significant(weightDecay);
    }

    /** λ of a law or as carried over, metric ± deviation, regret with interval. */
    public List<String> arm(double weightDecay, Judgement judgement) {
        return List.of(
                lambda(weightDecay),
                spread(judgement.arm().mean(), judgement.arm().deviation()),
                regret(judgement));
    }

    public List<String> best(TargetResult target) {
        return List.of(
                lambda(target.best().weightDecay()),
                spread(target.best().mean(), target.best().deviation()),
                interval(target.optimum()));
    }

    public String optimum(Optimum optimum) {
        return lambda(optimum.weightDecay()) + " (" + interval(optimum) + "), " + metric.tuned() + " "
                + value(optimum.metric());
    }

    /** Whether λ mattered, and what the recommended law did about it. */
    public String conclusion(TargetResult target) {
        Judgement unscaled = target.unscaled();
        Judgement recommended = target.headline().judgement();
        if (target.best().diverged() > 0) {
            return "the best λ found diverged on " + target.best().diverged() + " fresh seeds: nothing can be compared";
        }
        if (unscaled.arm().diverged() > 0) {
            return "unscaled λ diverged on " + unscaled.arm().diverged() + " seeds";
        }
        if (recommended.arm().diverged() > 0) {
            return "the planned λ diverged on " + recommended.arm().diverged() + " seeds";
        }
        if (unscaled.costs()) {
            long share = Math.round(100 * recommended.gapClosed(unscaled));
            return "carrying λ over unscaled costs "
                    + difference(unscaled.regret().mean())
                    + (share >= 0
                            ? "; the planned λ removes " + share + " % of it"
                            : "; the planned λ costs more: "
                                    + difference(recommended.regret().mean()));
        }
        if (recommended.costs()) {
            return "carrying λ over unscaled costs nothing that stands out of the noise; the planned λ does harm: "
                    + difference(recommended.regret().mean());
        }
        return withoutRegret(unscaled, recommended);
    }

    /** Both may be as good as the best within the noise and differ from each other. */
    private String withoutRegret(Judgement unscaled, Judgement recommended) {
        PairedDifference gain =
                PairedDifference.of(unscaled.arm().values(), recommended.arm().values());
        if (!gain.standsOut()) {
            return "weight decay made no difference that stands out of the noise here";
        }
        return "against the best λ neither stands out of the noise; against each other the "
                + (gain.mean() > 0
                        ? "planned λ is better than the unscaled one by "
                        : "unscaled λ is better than the planned one by ")
                + difference(Math.abs(gain.mean()));
    }

    /** A target in a few characters, for titles and legends. */
    public String shortTarget(TargetResult target) {
        String scale = target.target().initializationScale() == 1
                ? ""
                : ", σ × " + significant(target.target().initializationScale());
        return "B = " + significant(Objects.requireNonNull(target.recipe().batchSize())) + ", η = "
                + significant(Objects.requireNonNull(target.recipe().learningRate())) + scale;
    }

    public String target(TargetResult target) {
        double learningRate = Objects.requireNonNull(target.recipe().learningRate());
        String rule = target.target().change().learningRate() == null
                ? target.planned().getFirst().alternative().rule().id() + " rule"
                : "given";
        String scale = target.target().initializationScale() == 1
                ? ""
                : ", initialisation × " + significant(target.target().initializationScale());
        return "batch size "
                + significant(Objects.requireNonNull(target.recipe().batchSize())) + ", learning rate "
                + significant(learningRate) + " (" + rule + ")" + scale;
    }

    private String spread(double mean, double deviation) {
        return Double.isNaN(mean) ? "diverged" : absolute(mean) + " ± " + number(deviation) + unit();
    }

    private String regret(Judgement judgement) {
        double mean = judgement.regret().mean();
        if (Double.isNaN(mean)) {
            return "no regret: diverged";
        }
        return signed(mean) + " [" + signed(judgement.interval().low()) + ", "
                + signed(judgement.interval().high()) + "]";
    }

    private String interval(Optimum optimum) {
        if (optimum.atEdge()) {
            return "at the grid's edge: no interior optimum";
        }
        if (optimum.low() == null || optimum.high() == null) {
            return "not bounded";
        }
        return "95 %: " + lambda(optimum.low()) + " to " + lambda(optimum.high());
    }

    private String absolute(double judged) {
        return number(metric.judged(judged));
    }

    private String number(double value) {
        return String.format(Locale.ROOT, "%" + digits(), scaled(value));
    }

    private String signed(double value) {
        return String.format(Locale.ROOT, "%+" + digits(), scaled(value));
    }

    /** A metric of the user's own may have any size. */
    private String digits() {
        return switch (metric.unit()) {
            case SHARE -> ".2f";
            case NATS -> ".4f";
            case NONE -> ".4g";
        };
    }

    private static String significant(double value) {
        return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
