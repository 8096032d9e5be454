package dev.wane.lab.store;

import dev.wane.engine.Measured;
import dev.wane.lab.trial.Provenance;
import dev.wane.lab.trial.TrialFailure;
import dev.wane.lab.trial.TrialJson;
import dev.wane.lab.trial.TrialResult;
import dev.wane.lab.trial.TrialSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Trials and their results. A trial is pending, running under a lease, or done; a result is written in one transaction.
 * All calls go through one connection, one at a time; other processes may use the same file.
 */
public final class Store implements AutoCloseable {
    private final Database database;
    private final Handle handle;

    private Store(Database database) {
        this.database = database;
        this.handle = database.handle();
    }

    /**
     * Opens a store, making it or bringing it up to date where needed.
     *
     * @throws StoreException if it cannot be written, is locked, is no store, or is of a newer version
     */
    public static Store open(Path file) {
        return new Store(Database.open(file));
    }

    public Path file() {
        return database.file();
    }

    /** Adds trials that the store does not have. */
    public void add(Collection<TrialSpec> specs) {
        database.write(() -> {
            PreparedBatch batch =
                    handle.prepareBatch("INSERT OR IGNORE INTO trial (id, spec, status) VALUES (?, ?, 'pending')");
            specs.forEach(spec -> batch.add(spec.id(), TrialJson.canonical(spec)));
            return specs.isEmpty() ? new int[0] : batch.execute();
        });
    }

    /** Takes the first of some trials that nobody runs: pending, or running under a lease that has ended. */
    public Optional<String> claim(List<String> ids, Owner owner, Duration lease) {
        return database.write(() -> {
            long now = System.currentTimeMillis();
            for (String id : ids) {
                int taken = handle.execute(
                        "UPDATE trial SET status = 'running', owner = ?, lease_until = ? WHERE id = ?"
                                + " AND (status = 'pending' OR (status = 'running' AND lease_until < ?))",
                        owner.toString(),
                        now + lease.toMillis(),
                        id,
                        now);
                if (taken == 1) {
                    return Optional.of(id);
                }
            }
            return Optional.empty();
        });
    }

    /** Keeps an owner's running trials. */
    public void renew(Owner owner, Duration lease) {
        database.write(() -> handle.execute(
                "UPDATE trial SET lease_until = ? WHERE status = 'running' AND owner = ?",
                System.currentTimeMillis() + lease.toMillis(),
                owner.toString()));
    }

    /** Gives back what an owner has not finished. */
    public void release(Owner owner) {
        database.write(() -> handle.execute(
                "UPDATE trial SET status = 'pending', owner = NULL, lease_until = NULL"
                        + " WHERE status = 'running' AND owner = ?",
                owner.toString()));
    }

    /** Gives back what processes of this machine left behind when they were killed. */
    public void releaseDead() {
        Set<String> owners = new HashSet<>(
                database.read(() -> handle.createQuery("SELECT DISTINCT owner FROM trial WHERE status = 'running'")
                        .mapTo(String.class)
                        .list()));
        owners.stream().map(Owner::parse).filter(Owner::isDead).forEach(this::release);
    }

    /** How many of some trials another process runs. */
    public int ownedByOthers(Collection<String> ids, Owner owner) {
        Set<String> others = new HashSet<>(database.read(
                () -> handle.createQuery("SELECT id FROM trial WHERE status = 'running' AND owner <> :owner")
                        .bind("owner", owner.toString())
                        .mapTo(String.class)
                        .list()));
        others.retainAll(Set.copyOf(ids));
        return others.size();
    }

    /** Stores a result, whole or not at all. */
    public void finish(TrialResult result) {
        database.write(() -> {
            handle.execute("DELETE FROM measurement WHERE trial_id = ?", result.id());
            handle.execute("DELETE FROM series WHERE trial_id = ?", result.id());
            measurements(result);
            series(result);
            handle.execute(
                    "INSERT OR REPLACE INTO provenance (trial_id, document) VALUES (?, ?)",
                    result.id(),
                    TrialJson.of(result.provenance()));
            return handle.execute(
                    "UPDATE trial SET status = ?, owner = NULL, lease_until = NULL, diverged_at = ?, seconds = ?,"
                            + " finished_at = ? WHERE id = ?",
                    result.diverged() ? "diverged" : "finished",
                    result.divergedAtStep(),
                    result.seconds(),
                    System.currentTimeMillis(),
                    result.id());
        });
    }

    /** Stores that a trial ended without a figure, and gives it back. */
    public void fail(String id, TrialFailure failure) {
        database.write(() -> {
            handle.execute(
                    "INSERT OR REPLACE INTO failure (trial_id, reason, tail, failed_at) VALUES (?, ?, ?, ?)",
                    id,
                    String.valueOf(failure.getMessage()),
                    failure.tail(),
                    System.currentTimeMillis());
            return handle.execute(
                    "UPDATE trial SET status = 'pending', owner = NULL, lease_until = NULL WHERE id = ?", id);
        });
    }

    /** Lets what failed be tried again. */
    public void forgetFailures(Collection<String> ids) {
        database.write(() -> ids.stream()
                .mapToInt(id -> handle.execute("DELETE FROM failure WHERE trial_id = ?", id))
                .sum());
    }

    /** How a trial failed. */
    public Optional<TrialFailure> failure(String id) {
        return database.read(() -> handle.createQuery("SELECT reason, tail FROM failure WHERE trial_id = :id")
                .bind("id", id)
                .map((rows, context) -> new TrialFailure(rows.getString("reason"), rows.getString("tail")))
                .findFirst());
    }

    /** Which of some trials failed. */
    public Set<String> failed(Collection<String> ids) {
        Set<String> failed = new HashSet<>(database.read(() -> handle.createQuery("SELECT trial_id FROM failure")
                .mapTo(String.class)
                .list()));
        failed.retainAll(Set.copyOf(ids));
        return failed;
    }

    /** Which of some trials are done. */
    public Set<String> done(Collection<String> ids) {
        Set<String> done = new HashSet<>(
                database.read(() -> handle.createQuery("SELECT id FROM trial WHERE status IN ('finished', 'diverged')")
                        .mapTo(String.class)
                        .list()));
        done.retainAll(Set.copyOf(ids));
        return done;
    }

    /** The result of a trial, with its series. */
    public Optional<TrialResult> result(String id) {
        return database.read(() -> handle.createQuery("SELECT t.diverged_at, t.seconds, p.document FROM trial t"
                        + " JOIN provenance p ON p.trial_id = t.id WHERE t.id = :id"
                        + " AND t.status IN ('finished', 'diverged')")
                .bind("id", id)
                .map((rows, context) -> {
                    long step = rows.getLong("diverged_at");
                    Long divergedAt = rows.wasNull() ? null : Long.valueOf(step);
                    Provenance provenance = TrialJson.provenance(rows.getString("document"));
                    return new TrialResult(
                            id, divergedAt, metrics(id), series(id), rows.getDouble("seconds"), provenance);
                })
                .findFirst());
    }

    /** Lets the file grow no further, as a full disk would: for tests. */
    void limitPages() {
        database.read(() -> handle.createQuery("PRAGMA max_page_count = 1")
                .mapTo(Long.class)
                .one());
    }

    @Override
    public void close() {
        handle.close();
    }

    private void measurements(TrialResult result) {
        PreparedBatch batch = handle.prepareBatch("INSERT INTO measurement (trial_id, name, value) VALUES (?, ?, ?)");
        result.metrics().forEach((name, value) -> batch.add(result.id(), name, value));
        if (!result.metrics().isEmpty()) {
            batch.execute();
        }
    }

    private void series(TrialResult result) {
        PreparedBatch batch =
                handle.prepareBatch("INSERT INTO series (trial_id, name, step, value) VALUES (?, ?, ?, ?)");
        result.series().forEach(point -> batch.add(result.id(), point.name(), point.step(), finite(point.value())));
        if (!result.series().isEmpty()) {
            batch.execute();
        }
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private Map<String, Double> metrics(String id) {
        Map<String, Double> metrics = new TreeMap<>();
        handle.createQuery("SELECT name, value FROM measurement WHERE trial_id = :id")
                .bind("id", id)
                .map((rows, context) -> Map.entry(rows.getString("name"), rows.getDouble("value")))
                .forEach(entry -> metrics.put(entry.getKey(), entry.getValue()));
        return metrics;
    }

    private List<Measured> series(String id) {
        return handle.createQuery("SELECT name, step, value FROM series WHERE trial_id = :id ORDER BY name, step")
                .bind("id", id)
                .map((rows, context) -> {
                    double value = rows.getDouble("value");
                    double stored = rows.wasNull() ? Double.NaN : value;
                    return new Measured(rows.getString("name"), rows.getLong("step"), stored);
                })
                .list();
    }
}
