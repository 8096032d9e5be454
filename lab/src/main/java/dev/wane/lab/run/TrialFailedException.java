package dev.wane.lab.run;

import dev.wane.lab.trial.TrialSpec;

/** A trial that could not be run to a result. */
public final class TrialFailedException extends RuntimeException {
    public TrialFailedException(TrialSpec spec, Throwable cause) {
        super("trial " + spec.id().substring(0, 12) + " failed: " + cause, cause);
    }
}
