package dev.wane.engine;

import java.util.Locale;

/** What a parameter does in its network, which decides whether it is decayed. */
public enum Role {
    /** A linear map's weights: decayed. */
    MATRIX,
    /** Gain and bias of a normalisation. */
    NORM,
    /** A linear map's offset. */
    BIAS,
    /** A scalar in front of the logits. */
    GAIN;

    public boolean decayed() {
        return this == MATRIX;
    }

    /** The name of the role's group in telemetry. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
