package dev.wane.lab.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Opens the file behind a store, migrates it, and says in words what is wrong with it. */
final class SqliteFile {
    private static final int BUSY_TIMEOUT_MILLIS = 10_000;

    private SqliteFile() {}

    static Handle open(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            SQLiteDataSource source = source(file);
            migrate(file, source);
            return Jdbi.create(source).open();
        } catch (JdbiException | FlywayException e) {
            throw explain(file, e);
        } catch (IOException e) {
            throw new StoreException("the store " + file + " cannot be made: " + e, e);
        }
    }

    private static SQLiteDataSource source(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static void migrate(Path file, SQLiteDataSource source) {
        FluentConfiguration configuration = Flyway.configure(SqliteFile.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:dev/wane/lab/store/migration")
                .validateMigrationNaming(true);
        Flyway flyway = configuration.load();
        MigrationInfo[] all = flyway.info().all();
        Arrays.stream(all)
                .filter(migration -> migration.getState().isApplied()
                        && !migration.getState().isResolved())
                .findFirst()
                .ifPresent(migration -> {
                    throw new StoreException("the store " + file + " is of version " + migration.getVersion()
                            + ", newer than this program knows: use the newer program, or another --store");
                });
        flyway.migrate();
    }

    /** SQLite's error in words; anything else as it is. */
    static StoreException explain(Path file, RuntimeException error) {
        SQLiteErrorCode code = code(error);
        String reason = switch (code) {
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_BUSY_SNAPSHOT, SQLITE_BUSY_RECOVERY ->
                "is locked by another program: wait for it, or use another --store";
            case SQLITE_FULL -> "cannot grow: the disk is full; finished trials are safe";
            case SQLITE_READONLY, SQLITE_READONLY_DIRECTORY, SQLITE_READONLY_DBMOVED, SQLITE_PERM ->
                "cannot be written: check its permissions, or use another --store";
            case SQLITE_CANTOPEN -> "cannot be opened: check that its folder exists and can be written";
            case SQLITE_NOTADB, SQLITE_CORRUPT -> "is not a store of Wane, or is damaged";
            default -> "failed: " + root(error).getMessage();
        };
        return new StoreException("the store " + file + " " + reason, error);
    }

    private static SQLiteErrorCode code(Throwable error) {
        for (@Nullable Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                return sqlite.getResultCode();
            }
            if (cause instanceof SQLException sql && sql.getErrorCode() != 0) {
                return SQLiteErrorCode.getErrorCode(sql.getErrorCode());
            }
        }
        return SQLiteErrorCode.UNKNOWN_ERROR;
    }

    private static Throwable root(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
