package dev.wane.formats.config;

import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import java.util.Locale;

/** The finding that a script scales η with the root of the batch while λ stays. */
final class LearningRateScaled {
    private LearningRateScaled() {}

    static Finding bySquareRoot(String key, double ratio) {
        return new Finding(
                "lr-scaled-decay-not",
                Severity.INFO,
                "learningRate",
                String.format(
                        Locale.ROOT,
                        "%s scales η by √%.4g to this batch and leaves λ: against the reference batch the timescale in epochs"
                                + " is √%.4g times as long",
                        key,
                        ratio,
                        ratio),
                "λ · √(batch ratio) keeps the timescale: wane plan --lr-rule sqrt",
                "arXiv:2405.13698; arXiv:2205.10287");
    }
}
