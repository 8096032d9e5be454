package dev.wane.recipe;

import java.util.Locale;

/**
 * What the weights of a run start from: it decides what a pull towards 0 means, and which laws speak of the run.
 *
 * <p>Decay multiplies a weight by Π(1−d_t) whatever it started from. From a random start little is lost; of a trained
 * network the share 1 − Π(1−d_t) of every weight that its gradient does not defend. A low-rank adapter adds B·A to weights
 * that stay; a decay of both factors multiplies the product by Π(1−d_t)², so it pulls the network back to its start.
 *
 * @see <a href="https://arxiv.org/abs/1802.01483">Li, Grandvalet and Davoine (2018), L2-SP: a penalty towards the start</a>
 */
public enum Start {
    /** Random weights. */
    SCRATCH,
    /** A trained network, all or part of which is trained on. */
    PRETRAINED,
    /** Small added matrices beside a trained network that stays, as with LoRA. */
    ADAPTER;

    /**
     * The name used in files and JSON.
     *
     * @return {@code scratch}, {@code pretrained} or {@code adapter}
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Where decay pulls to, and away from what.
     *
     * @return one sentence
     */
    public String pull() {
        return switch (this) {
            case SCRATCH -> "decay pulls towards 0";
            case PRETRAINED ->
                "decay pulls towards 0 and away from the trained network; a penalty towards the start is another thing"
                        + " (L2-SP, arXiv:1802.01483)";
            case ADAPTER ->
                "decay pulls A and B towards 0 and with them the network back to its start: their product decays twice as"
                        + " fast as each";
        };
    }

    /**
     * Why a law of training from scratch says nothing here.
     *
     * @return one sentence
     */
    public String notFromScratch() {
        return this == ADAPTER
                ? "measured on training from scratch, and no rule is known for adapters"
                : "measured on training from scratch, and this run starts from a trained network";
    }

    /**
     * The share of what the run started with that decay alone leaves: of weights, or of the product of two factors.
     *
     * @param retention Π(1−d_t) of the run, in [0, 1]
     * @return retention, or its square for an adapter; NaN where retention is
     */
    public double left(double retention) {
        return this == ADAPTER ? retention * retention : retention;
    }
}
