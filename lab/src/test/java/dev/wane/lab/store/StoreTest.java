package dev.wane.lab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wane.lab.trial.Provenance;
import dev.wane.lab.trial.Specs;
import dev.wane.lab.trial.TrialResult;
import dev.wane.lab.trial.TrialSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private final TrialSpec spec = Specs.of(0.1, 1);
    private final Owner owner = Owner.current();
    private final Owner other = new Owner("another-machine", 1, 1);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("sub/wane.db");
    }

    @Test
    void aResultReadsBackBitForBit() {
        TrialResult result = Specs.result(spec, 0.1 + 0.2);
        try (Store store = Store.open(file)) {
            store.add(List.of(spec, spec));
            store.finish(result);
        }
        try (Store store = Store.open(file)) {
            assertThat(store.result(spec.id())).contains(result);
            assertThat(store.done(List.of(spec.id(), "other"))).containsExactly(spec.id());
            assertThat(store.result("other")).isEmpty();
        }
    }

    @Test
    void aDivergedTrialIsDone() {
        TrialResult diverged =
                new TrialResult(spec.id(), 3L, Map.of(), List.of(), 1, new Provenance("c", "e", "j", "p", "s", "1"));
        try (Store store = Store.open(file)) {
            store.add(List.of(spec));
            store.finish(diverged);

            assertThat(store.result(spec.id())).contains(diverged);
            assertThat(store.claim(List.of(spec.id()), owner, LEASE)).isEmpty();
        }
    }

    @Test
    void aTrialIsClaimedOnce() {
        try (Store store = Store.open(file);
                Store second = Store.open(file)) {
            store.add(List.of(spec));

            assertThat(store.claim(List.of(spec.id()), owner, LEASE)).contains(spec.id());
            assertThat(second.claim(List.of(spec.id()), other, LEASE)).isEmpty();
            assertThat(second.ownedByOthers(List.of(spec.id()), other)).isEqualTo(1);
        }
    }

    @Test
    void anEndedLeaseIsFree() {
        try (Store store = Store.open(file)) {
            store.add(List.of(spec));
            store.claim(List.of(spec.id()), other, Duration.ofMillis(-1));

            assertThat(store.claim(List.of(spec.id()), owner, LEASE)).contains(spec.id());
        }
    }

    @Test
    void whatADeadProcessHeldIsFreeAtOnceAndWhatALivingOneHoldsIsNot() {
        Owner dead = new Owner(owner.host(), owner.pid(), owner.started() - 1);
        TrialSpec second = Specs.of(0.1, 2);
        try (Store store = Store.open(file)) {
            store.add(List.of(spec, second));
            store.claim(List.of(spec.id()), dead, LEASE);
            store.claim(List.of(second.id()), other, LEASE);

            store.releaseDead();

            assertThat(store.claim(List.of(spec.id(), second.id()), owner, LEASE))
                    .contains(spec.id());
            assertThat(store.claim(List.of(spec.id(), second.id()), owner, LEASE))
                    .isEmpty();
        }
    }

    @Test
    void aStoreFromANewerVersionIsRefused() throws Exception {
        Store.open(file).close();
        sql(
                "INSERT INTO flyway_schema_history SELECT 99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'x', '2026-01-01 00:00:00.000', 0, 1");

        assertThatThrownBy(() -> Store.open(file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is of version 99, newer than this program knows");
    }

    @Test
    void aFileThatIsNoStoreIsRefusedAndKept() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "these are my notes, and they are longer than a header of SQLite is".repeat(20));

        assertThatThrownBy(() -> Store.open(file)).hasMessageContaining("is not a store of Wane, or is damaged");
        assertThat(Files.readString(file)).startsWith("these are my notes");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Files.writeString(folder.resolve("sub"), "a file");

        assertThatThrownBy(() -> Store.open(file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot be made");
    }

    @Test
    void aLockedStoreIsNamed() throws Exception {
        Store store = Store.open(file);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");

            assertThatThrownBy(() -> store.add(List.of(spec))).hasMessageContaining("is locked by another program");
        }
        store.close();
    }

    @Test
    void aFullStoreIsNamedAndKeepsWhatItHas() throws Exception {
        try (Store store = Store.open(file)) {
            store.add(List.of(spec));
            store.finish(Specs.result(spec, 0.1));
            store.limitPages();

            assertThatThrownBy(() -> {
                        for (int seed = 2; seed < 2000; seed++) {
                            store.add(List.of(Specs.of(0.1, seed)));
                        }
                    })
                    .hasMessageContaining("the disk is full; finished trials are safe");
            assertThat(store.result(spec.id())).isPresent();
        }
    }

    private void sql(String text) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}
