package dev.wane.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets an interrupted process end between two training steps: native code is then not running when the library is torn
 * down.
 */
final class StopAtStep implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread hook;

    StopAtStep(AtomicBoolean cancelled, PrintWriter err) {
        this.hook = new Thread(() -> {
            cancelled.set(true);
            err.println();
            err.println("wane: stopping; finished trials are stored, run the same command again to go on");
            awaitStop();
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void awaitStop() {
        try {
            stopped.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The machine is already shutting down: this is the stop that the hook waits for.
            return;
        }
    }
}
