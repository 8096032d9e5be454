package dev.wane.lab.run;

import dev.wane.lab.store.StoreException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does something at a fixed pace on a thread of its own until closed. */
final class Heartbeat implements AutoCloseable {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> beat;

    Heartbeat(Runnable action, Duration pace) {
        this.beat =
                thread.scheduleAtFixedRate(() -> once(action), pace.toMillis(), pace.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void once(Runnable action) {
        try {
            action.run();
        } catch (StoreException e) {
            // The next beat tries again. If the lease ends meanwhile, another process may repeat a trial: to the same
            // bits.
            return;
        }
    }

    @Override
    public void close() {
        beat.cancel(false);
        thread.shutdown();
    }
}
