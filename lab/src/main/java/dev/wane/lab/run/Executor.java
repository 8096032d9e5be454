package dev.wane.lab.run;

import dev.wane.lab.trial.TrialSpec;
import java.util.List;

/** Runs trials somewhere until the store has all their results. */
public interface Executor {
    /**
     * Runs what the store does not have yet. Returns when all results are stored.
     *
     * @param listener told of each trial, also of those that the store had
     * @throws TrialFailedException if a trial failed for another reason than divergence
     * @throws java.util.concurrent.CancellationException if cancelled
     */
    void run(List<TrialSpec> specs, TrialListener listener);
}
