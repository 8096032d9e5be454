package dev.wane.lab.trial;

import java.util.function.BooleanSupplier;

/** Turns a specification into a result: the one impure step. */
@FunctionalInterface
public interface TrialRunner {
    /**
     * Runs a trial.
     *
     * @param cancelled asked before each step
     * @throws java.util.concurrent.CancellationException if cancelled
     */
    TrialResult run(TrialSpec spec, BooleanSupplier cancelled);
}
