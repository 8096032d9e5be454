package dev.wane.formats.config;

import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import java.util.Locale;

/** The finding that a script scales η with the root of the batch while λ stays. */
final class LearningRateScaled {
    private LearningRateScaled() {}

    /** @param ratio of the batch to the reference batch; NaN where it is not known */
    static Finding bySquareRoot(String key, double ratio) {
        return new Finding(
                "lr-scaled-decay-not",
                Severity.INFO,
                "learningRate",
                key + " scales η by "
                        + (Double.isNaN(ratio) ? "the root of the batch" : root(ratio) + " to this batch")
                        + " and leaves λ: against the reference batch the timescale in epochs is "
                        + (Double.isNaN(ratio) ? "so many times as long" : root(ratio) + " times as long"),
                "λ · √(batch ratio) keeps the timescale: wane plan --lr-rule sqrt",
                "arXiv:2405.13698; arXiv:2205.10287");
    }

    private static String root(double ratio) {
        return String.format(Locale.ROOT, "√%.4g", ratio);
    }
}
