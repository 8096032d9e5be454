package dev.wane.framework;

import java.util.Locale;

/** When a step decays a weight. Before, with and after the update differ by the decay of one update. */
public enum DecayOrder {
    /** θ ← (1 − d)θ, then the update. */
    BEFORE,
    /** One sum of update and decay, both from the old θ: the same weights as before. */
    WITH,
    /** The update, then θ ← (1 − d)θ. */
    AFTER,
    /** λθ is added to the gradient. */
    GRADIENT,
    /** c·Σθ² is added to the loss. */
    LOSS,
    /** λθ is added before the scaling to the weight's norm. */
    RATIO;

    /**
     * Whether decay and update are two operations on the weights, so that each is rounded by itself. A fused kernel, or a
     * compiled step, makes one of two.
     *
     * @return true before and after the update
     */
    public boolean apart() {
        return this == BEFORE || this == AFTER;
    }

    /**
     * The name used in the registry.
     *
     * @return lower case
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
