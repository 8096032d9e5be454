package dev.wane.lab.run;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does something at a fixed pace on a thread of its own until closed. A failure ends the beat and is kept. */
final class Heartbeat implements AutoCloseable {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> beat;

    Heartbeat(Runnable action, Duration pace) {
        this.beat = thread.scheduleAtFixedRate(action, pace.toMillis(), pace.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Throws what ended the beat, if anything did. */
    void check() {
        if (beat.state() != Future.State.FAILED) {
            return;
        }
        try {
            beat.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("lost the lease on running trials", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
