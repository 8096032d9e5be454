package dev.wane.lab.run;

import dev.wane.lab.trial.TrialSpec;

/** Told how a batch of trials goes on; calls may come from several threads. */
public interface TrialListener {
    /** Nobody listens. */
    TrialListener NONE = new TrialListener() {
        @Override
        public void planned(TrialSpec spec, boolean alreadyDone) {}

        @Override
        public void finished(TrialSpec spec, double seconds) {}
    };

    /** A trial belongs to the work; some are done from an earlier run. */
    void planned(TrialSpec spec, boolean alreadyDone);

    /** A trial ended without a figure. */
    default void failed(TrialSpec spec, String reason) {}

    /** A trial's result is stored. */
    void finished(TrialSpec spec, double seconds);
}
