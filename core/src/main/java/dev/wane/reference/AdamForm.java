package dev.wane.reference;

/** How libraries divide Adam's mean by its root mean square; they differ in the first steps or where ε is large. */
public enum AdamForm {
    /** m̂/(√v̂ + ε): the paper's and torch's. */
    USUAL,
    /** m̂/√(v̂ + ε). */
    EPSILON_INSIDE,
    /** √(1 − β₂^t)/(1 − β₁^t)·m/(√v + ε): Keras' and TensorFlow's, the paper's faster form. */
    EPSILON_UNCORRECTED,
    /** m/(√v + ε): BERT's. */
    UNCORRECTED;

    /**
     * The direction of an update.
     *
     * @param mean m
     * @param square v ≥ 0
     * @param meanCorrection 1 − β₁^t
     * @param squareCorrection 1 − β₂^t
     * @param epsilon ε ≥ 0
     * @return the update before it is multiplied by η; 0 where it would be 0/0
     */
    double direction(double mean, double square, double meanCorrection, double squareCorrection, double epsilon) {
        double size = switch (this) {
            case USUAL -> Math.sqrt(square / squareCorrection) + epsilon;
            case EPSILON_INSIDE -> Math.sqrt(square / squareCorrection + epsilon);
            case EPSILON_UNCORRECTED -> (Math.sqrt(square) + epsilon) / Math.sqrt(squareCorrection);
            case UNCORRECTED -> Math.sqrt(square) + epsilon;
        };
        double corrected = this == UNCORRECTED ? mean : mean / meanCorrection;
        return size == 0 ? 0 : corrected / size;
    }
}
