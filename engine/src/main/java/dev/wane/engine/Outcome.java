package dev.wane.engine;

import java.util.List;

/** How a run ended. Divergence is a result, not an error. */
public sealed interface Outcome {
    /** What the run looked like. */
    List<Measured> series();

    /** All steps were taken. */
    record Finished(List<Measured> series) implements Outcome {}

    /**
     * The loss was NaN, infinite or above {@link TrainingLoop#EXPLODED}.
     *
     * @param step at which it was
     * @param loss what it was
     */
    record Diverged(long step, double loss, List<Measured> series) implements Outcome {}
}
