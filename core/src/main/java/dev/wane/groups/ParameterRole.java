package dev.wane.groups;

import java.util.Locale;

/** What a parameter does. */
public enum ParameterRole {
    /** A linear map. */
    MATRIX,
    /** Filters of a convolution. */
    CONV,
    /** Rows looked up by token or class. */
    EMBEDDING,
    /** Positions, class tokens and the like. */
    POSITION,
    /** Gain of a normalisation. */
    NORM,
    /** Offset. */
    BIAS,
    /** A scale of its own: temperature, layer scale, state-space rate. */
    SCALAR,
    /** The last linear map, to logits. */
    HEAD,
    /** None of these, as far as name and shape say. */
    UNKNOWN;

    /**
     * The name used in files and JSON.
     *
     * @return lower case
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
