package dev.wane.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A network that another program trains: only what its owner says of it is known.
 *
 * @param name as the owner calls it; the program is given it where its command asks
 * @param norm what the owner says stands between its layers, one of {@link #NORMS}; null where nothing is said
 */
public record ExternalModel(String name, @Nullable String norm) implements Network {
    /** What may stand between layers. */
    public static final List<String> NORMS = List.of("batch", "layer", "rms", "group", "none");

    /**
     * Checks the norm.
     *
     * @throws IllegalArgumentException if the norm is none of the known ones
     */
    public ExternalModel {
        Objects.requireNonNull(name);
        if (norm != null && !NORMS.contains(norm)) {
            throw new IllegalArgumentException("norm must be one of " + NORMS + ", got " + norm);
        }
    }

    @Override
    public String label() {
        return norm == null ? name : name + " (" + (norm.equals("none") ? "plain" : norm + " norm") + ")";
    }

    @Override
    public String applicability() {
        if (norm == null) {
            return "unknown: the laws speak of normalised weights, and nobody said what stands between the layers:"
                    + " give the model's norm";
        }
        return norm.equals("none") ? Normalization.NONE.applicability() : "expected";
    }
}
