package dev.wane.reference;

/** Where a step puts its weight decay. */
public enum DecayStyle {
    /** g ← g + λθ, before momentum and preconditioner. */
    COUPLED,
    /** θ ← (1 − ηλ)θ, then the update. */
    BEFORE,
    /** The update, then θ ← (1 − ηλ)θ. */
    AFTER;

    /** The gradient that moments see. */
    double gradient(double gradient, double weight, double weightDecay) {
        return this == COUPLED ? gradient + weightDecay * weight : gradient;
    }

    /** θ after a decoupled decay and an update that is subtracted. */
    double apply(double weight, double update, double learningRate, double weightDecay) {
        return switch (this) {
            case COUPLED -> weight - update;
            case BEFORE -> weight * (1 - learningRate * weightDecay) - update;
            case AFTER -> (weight - update) * (1 - learningRate * weightDecay);
        };
    }
}
