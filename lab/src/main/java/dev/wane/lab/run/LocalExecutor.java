package dev.wane.lab.run;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import dev.wane.lab.store.Owner;
import dev.wane.lab.store.Store;
import dev.wane.lab.trial.TrialFailure;
import dev.wane.lab.trial.TrialResult;
import dev.wane.lab.trial.TrialRunner;
import dev.wane.lab.trial.TrialSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Runs trials on this machine, several at once, each on one worker thread. Trials of other processes on the same store
 * are waited for, not repeated.
 */
public final class LocalExecutor implements Executor {
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final int FAILURES_WITHOUT_A_RESULT = 6;
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Store store;
    private final TrialRunner runner;
    private final int workers;
    private final AtomicBoolean cancelled;
    private final Owner owner = Owner.current();
    /** Of these, what failed here is not tried again. */
    private final Set<String> tried = new HashSet<>();

    private int finished;
    private int failed;

    /**
     * @param workers trials at once, ≥ 1
     * @param cancelled set to stop at the next step of each trial
     */
    public LocalExecutor(Store store, TrialRunner runner, int workers, AtomicBoolean cancelled) {
        if (workers < 1) {
            throw new IllegalArgumentException("workers must be >= 1, got " + workers);
        }
        this.store = store;
        this.runner = runner;
        this.workers = workers;
        this.cancelled = cancelled;
    }

    @Override
    public void run(List<TrialSpec> specs, TrialListener listener) {
        Map<String, TrialSpec> byId = longestFirst(specs);
        store.releaseDead();
        store.add(byId.values());
        store.forgetFailures(byId.keySet().stream().filter(tried::add).toList());
        Set<String> done = store.done(byId.keySet());
        finished(done.size());
        byId.forEach((id, spec) -> listener.planned(spec, done.contains(id)));
        if (done.size() == byId.size()) {
            return;
        }
        try (Heartbeat _ = new Heartbeat(() -> store.renew(owner, LEASE), HEARTBEAT)) {
            // Another process may give back a trial just after this one's last worker looked.
            while (!open(byId.keySet()).isEmpty()) {
                work(byId, listener);
            }
        } finally {
            store.release(owner);
        }
    }

    private void work(Map<String, TrialSpec> byId, TrialListener listener) {
        try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                running.add(pool.submit(() -> workUntilDone(byId, listener)));
            }
            List<RuntimeException> failures =
                    running.stream().flatMap(LocalExecutor::failure).toList();
            failures.stream()
                    .min(Comparator.comparing(failure -> failure instanceof CancellationException))
                    .ifPresent(failure -> {
                        throw failure;
                    });
        }
    }

    private void workUntilDone(Map<String, TrialSpec> byId, TrialListener listener) {
        try {
            List<String> open = open(byId.keySet());
            while (!open.isEmpty()) {
                Optional<String> claimed = store.claim(open, owner, LEASE);
                if (claimed.isPresent()) {
                    runOne(Objects.requireNonNull(byId.get(claimed.get())), listener);
                } else if (!othersRun(open)) {
                    return;
                }
                open = open(byId.keySet());
            }
        } catch (RuntimeException | Error e) {
            cancelled.set(true);
            throw e;
        }
    }

    /** Trials that this process runs need no waiting for: their workers are joined. */
    private boolean othersRun(List<String> open) {
        if (store.ownedByOthers(open, owner) == 0) {
            return false;
        }
        sleep();
        store.releaseDead();
        return true;
    }

    private void runOne(TrialSpec spec, TrialListener listener) {
        try {
            TrialResult result = runner.run(spec, cancelled::get);
            store.finish(result);
            finished(1);
            listener.finished(spec, result.seconds());
        } catch (TrialFailure e) {
            failed(spec, e, listener);
        } catch (CancellationException | InputException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new TrialFailedException(spec, e);
        }
    }

    private synchronized void finished(int trials) {
        finished += trials;
    }

    /** Where the first trials all fail, the others would as well: their reason is the study's. */
    private synchronized void failed(TrialSpec spec, TrialFailure failure, TrialListener listener) {
        store.fail(spec.id(), failure);
        failed++;
        if (finished == 0 && failed >= FAILURES_WITHOUT_A_RESULT) {
            String tail = failure.tail().isEmpty() ? "" : "; its last lines:\n" + failure.tail();
            throw new InputException(List.of(new Problem(
                    Position.option(),
                    "the first " + failed + " trials all failed; the last one " + failure.getMessage() + tail)));
        }
        listener.failed(spec, String.valueOf(failure.getMessage()));
    }

    private List<String> open(Collection<String> ids) {
        if (cancelled.get()) {
            throw new CancellationException("cancelled");
        }
        Set<String> settled = store.done(ids);
        settled.addAll(store.failed(ids));
        return ids.stream().filter(id -> !settled.contains(id)).toList();
    }

    private static Map<String, TrialSpec> longestFirst(List<TrialSpec> specs) {
        Map<String, TrialSpec> byId = new LinkedHashMap<>();
        specs.stream()
                .sorted(Comparator.comparingLong(TrialSpec::steps).reversed())
                .forEach(spec -> byId.put(spec.id(), spec));
        return byId;
    }

    /** Waits for a worker. A failure cancels the others, so their cancellations are its consequence. */
    private static Stream<RuntimeException> failure(Future<?> worker) {
        try {
            worker.get();
            return Stream.empty();
        } catch (ExecutionException e) {
            return Stream.of(
                    e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Stream.of(new CancellationException("interrupted"));
        }
    }

    private static void sleep() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }
}
