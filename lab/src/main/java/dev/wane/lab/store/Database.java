package dev.wane.lab.store;

import java.nio.file.Path;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** One connection to a store's file, used by one call at a time; other processes may use the same file. */
record Database(Path file, Handle handle) implements AutoCloseable {
    static Database open(Path file) {
        return new Database(file, SqliteFile.open(file));
    }

    @Override
    public void close() {
        handle.close();
    }

    synchronized <T> T read(Query<T> query) {
        try {
            return query.run();
        } catch (JdbiException e) {
            throw SqliteFile.explain(file, e);
        }
    }

    /** Takes the write lock at once, so that what was read before writing still holds. */
    synchronized <T> T write(Query<T> query) {
        try {
            handle.execute("BEGIN IMMEDIATE");
        } catch (JdbiException e) {
            throw SqliteFile.explain(file, e);
        }
        try {
            T value = query.run();
            handle.execute("COMMIT");
            return value;
        } catch (JdbiException e) {
            rollback(e);
            throw SqliteFile.explain(file, e);
        } catch (RuntimeException e) {
            rollback(e);
            throw e;
        }
    }

    private void rollback(RuntimeException reason) {
        try {
            handle.execute("ROLLBACK");
        } catch (JdbiException e) {
            // SQLite has already rolled back where the disk was full.
            reason.addSuppressed(e);
        }
    }

    @FunctionalInterface
    interface Query<T extends @Nullable Object> {
        T run();
    }
}
