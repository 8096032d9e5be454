package dev.wane.model;

import java.util.Locale;

/** What stands between the linear layers of a network. */
public enum Normalization {
    /**
     * LayerNorm without gain or bias after every linear layer, the logits included, and one learnable logit gain: every
     * matrix is scale-invariant.
     */
    SCALE_INVARIANT,
    /** LayerNorm with gain and bias after every hidden layer, and a plain head. */
    LAYER,
    /** Nothing. */
    NONE;

    /**
     * The name used in files and JSON.
     *
     * @return lower case with hyphens
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Whether the laws, which speak of normalised weights, are expected to hold.
     *
     * @return {@code expected}, or {@code not-expected: } and the reason
     */
    public String applicability() {
        return this == NONE
                ? "not-expected: the laws speak of normalised weights; here λ also regularises the function itself"
                : "expected";
    }
}
