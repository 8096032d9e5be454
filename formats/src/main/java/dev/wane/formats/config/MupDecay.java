package dev.wane.formats.config;

import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import java.util.List;
import java.util.Locale;

/** The finding that μP gives hidden matrices another learning rate and leaves λ, so that their timescale moves with the width. */
final class MupDecay {
    private MupDecay() {}

    /**
     * Nothing where a number is unknown, there is no decay or hidden matrices train at the written rate.
     *
     * @param share of the written learning rate that hidden matrices train with
     */
    static List<Finding> of(double share, Resolution.Builder to) {
        Double rate = to.number("learningRate");
        Double decay = to.number("weightDecay");
        if (rate == null || decay == null || !(rate * decay > 0) || !(share > 0) || share == 1) {
            return List.of();
        }
        double hidden = rate * share;
        return List.of(new Finding(
                "mup-decay",
                Severity.INFO,
                "weightDecay",
                String.format(
                        Locale.ROOT,
                        "μP gives hidden matrices the learning rate %.4g and leaves λ: their timescale is %.4g steps, that of"
                                + " embeddings %.4g, and it grows with the width",
                        hidden,
                        1 / (hidden * decay),
                        1 / (rate * decay)),
                "λ · width multiplier for hidden matrices keeps it: wane plan --law mup-width",
                "arXiv:2405.13698"));
    }
}
