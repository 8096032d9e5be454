package dev.wane.lab.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process and everything that it started. */
final class ProcessTree {
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final long PAUSE_MILLIS = 20;

    private ProcessTree() {}

    /** Asks all of them to end, and ends those that have not after a few seconds. */
    static void end(ProcessHandle root) {
        List<ProcessHandle> all = new ArrayList<>(root.descendants().toList());
        all.add(root);
        all.forEach(ProcessHandle::destroy);
        long deadline = System.nanoTime() + GRACE.toNanos();
        while (System.nanoTime() < deadline && all.stream().anyMatch(ProcessHandle::isAlive)) {
            pause();
        }
        // What was started meanwhile is found only now.
        all.addAll(root.descendants().toList());
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
