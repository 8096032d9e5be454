package dev.wane.lab.command;

import dev.wane.lab.trial.TrialFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One process of a trial, from its start to its end. */
final class TrialProcess {
    private static final long POLL_MILLIS = 50;

    private final Process process;
    private final String mark;
    private final Thread drain;
    private final Trialwatch watch;
    private final Path log;

    private TrialProcess(Process process, String mark, Path log, Trialwatch watch) {
        this.process = process;
        this.mark = mark;
        this.watch = watch;
        this.log = log;
        watch.add(process.toHandle(), mark);
        this.drain = Thread.ofVirtual().start(() -> drain(process, log));
    }

    /**
     * Starts a program without input.
     *
     * @throws TrialFailure if it cannot be started
     */
    static TrialProcess start(
            List<String> command, Map<String, String> environment, Path folder, Path log, Trialwatch watch) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"));
        String mark = UUID.randomUUID().toString();
        builder.environment().putAll(environment);
        builder.environment().put(ProcessTree.MARK, mark);
        try {
            return new TrialProcess(builder.start(), mark, log, watch);
        } catch (IOException e) {
            throw new TrialFailure("cannot be started: " + e.getMessage(), "");
        }
    }

    private static void drain(Process process, Path log) {
        try {
            Output.copy(process.getInputStream(), log);
        } catch (IOException e) {
            // The stream is closed under it where the process is ended.
            return;
        }
    }

    /**
     * Waits for the end.
     *
     * @return the exit status
     * @throws TrialFailure if it takes longer than it may
     * @throws CancellationException if cancelled
     */
    int await(Duration timeout, BooleanSupplier cancelled) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                if (cancelled.getAsBoolean()) {
                    throw new CancellationException("cancelled");
                }
                if (System.nanoTime() - deadline > 0) {
                    end();
                    throw new TrialFailure("took longer than its timeout of " + timeout.toSeconds() + " s", tail());
                }
            }
            end();
            drain.join(Duration.ofSeconds(5));
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } finally {
            if (process.isAlive()) {
                end();
            }
            watch.remove(process.toHandle());
        }
    }

    /** Also what it started and left behind. */
    private void end() {
        ProcessTree.end(Optional.of(process.toHandle()), mark);
    }

    String tail() {
        return Output.tail(log);
    }
}
