package dev.wane.lab.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process and everything that it started. */
final class ProcessTree {
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final long PAUSE_MILLIS = 20;
    /** The variable that tells a trial's processes from others. */
    static final String MARK = "WANE_TRIAL_PROCESS";

    private ProcessTree() {}

    /**
     * Asks all of them to end, and ends those that have not after a few seconds.
     *
     * @param root may have ended already
     * @param mark what the environment of all of them has, so that those are found whose parent has ended
     */
    static void end(Optional<ProcessHandle> root, String mark) {
        List<ProcessHandle> all = of(root, mark);
        all.forEach(ProcessHandle::destroy);
        long deadline = System.nanoTime() + GRACE.toNanos();
        while (System.nanoTime() < deadline && all.stream().anyMatch(ProcessHandle::isAlive)) {
            pause();
        }
        // What was started meanwhile is found only now.
        all.addAll(of(root, mark));
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private static List<ProcessHandle> of(Optional<ProcessHandle> root, String mark) {
        List<ProcessHandle> all = new ArrayList<>();
        root.ifPresent(process -> {
            all.addAll(process.descendants().toList());
            all.add(process);
        });
        ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> isMarked(process, mark))
                .forEach(all::add);
        return all;
    }

    /** Where the system shows the environment of processes, as Linux does; elsewhere children are found by their parents. */
    private static boolean isMarked(ProcessHandle process, String mark) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "environ"));
            return new String(environment, StandardCharsets.ISO_8859_1).contains(MARK + "=" + mark + "\0");
        } catch (IOException e) {
            // It has ended, or is another user's.
            return false;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
