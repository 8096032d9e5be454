package dev.wane.framework;

import java.util.Locale;

/** What an optimizer's update is like, apart from its weight decay. */
public enum Family {
    /** The gradient or its momentum. */
    SGD,
    /** Momentum over the root of a running mean square, with two betas. */
    ADAM,
    /** The sign of a momentum. */
    LION,
    /** An orthogonalised momentum of a matrix. */
    MUON,
    /** The gradient over the root of a running mean square. */
    RMSPROP,
    /** The gradient over the root of a running sum. */
    ADAGRAD,
    /** RMSprop with an estimated step. */
    ADADELTA,
    /** A factored RMSprop. */
    ADAFACTOR,
    /** Momentum over a clipped curvature. */
    SOPHIA,
    /** SGD scaled to the weight's norm. */
    LARS,
    /** Adam scaled to the weight's norm. */
    LAMB,
    /** Adam normalised by layer. */
    NOVOGRAD;

    /**
     * The name used in the registry.
     *
     * @return lower case
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether the update's size does not follow the gradient's.
     *
     * @return false for SGD and LARS, whose learning rate follows the batch linearly
     */
    public boolean adaptive() {
        return this != SGD && this != LARS;
    }

    /**
     * Whether the optimizer averages with two betas as Adam does.
     *
     * @return true for Adam, Lion, Sophia, LAMB and NovoGrad
     */
    public boolean hasBetas() {
        return this == ADAM || this == LION || this == SOPHIA || this == LAMB || this == NOVOGRAD;
    }
}
