package dev.wane.lab.past;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.runs.PastRun;
import dev.wane.formats.runs.RunSet;
import dev.wane.lab.store.PastRunStore;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    @TempDir
    Path folder;

    /** Written by Optuna 5.0: forty trials of one study, the fourth pruned. */
    @Test
    void anOptunaStorageIsReadWithItsChoicesAndDirection() throws URISyntaxException {
        RunSet set = optuna();

        assertThat(set.kind()).isEqualTo("Optuna");
        assertThat(set.larger()).containsExactly(Map.entry("value", false));
        assertThat(set.runs()).hasSize(40);
        assertThat(set.runs())
                .filteredOn(run -> !run.finished())
                .extracting(PastRun::name)
                .containsExactly("sweep 3");
        PastRun first = set.runs().getFirst();
        assertThat(first.settings())
                .containsEntry("optimizer", "AdamW")
                .containsEntry("batch_size", "50")
                .containsKeys("lr", "weight_decay", "dropout");
        assertThat(first.figures()).containsOnlyKeys("value");
    }

    /** Each has its own direction. */
    @Test
    void ofSeveralStudiesOneIsNamed() throws Exception {
        Path file = Files.copy(
                Path.of(Objects.requireNonNull(SourcesTest.class.getResource("optuna.db"))
                        .toURI()),
                folder.resolve("two.db"));
        try (Handle handle = Jdbi.open("jdbc:sqlite:" + file)) {
            handle.execute("INSERT INTO studies (study_id, study_name) VALUES (7, 'accuracy')");
            handle.execute(
                    "INSERT INTO study_directions (study_direction_id, direction, study_id, objective) VALUES (7, 'MAXIMIZE', 7, 0)");
            handle.execute("INSERT INTO trials (trial_id, number, study_id, state) VALUES (700, 0, 7, 'COMPLETE')");
            handle.execute(
                    "INSERT INTO trial_values (trial_value_id, trial_id, objective, value, value_type) VALUES (700, 700, 0, 0.9, 'FINITE')");
        }
        assertThatThrownBy(() -> Sources.read(file.toString(), Map.of()))
                .hasMessageContaining("holds several studies: sweep, accuracy; name one as " + file + "#NAME");
        RunSet one = Sources.read(file + "#accuracy", Map.of());
        assertThat(one.runs()).hasSize(1);
        assertThat(one.larger()).containsExactly(Map.entry("value", true));
        assertThat(Sources.read(file + "#sweep", Map.of()).larger()).containsExactly(Map.entry("value", false));
    }

    @Test
    void anotherDatabaseIsNoStorageOfOptuna() throws Exception {
        byte[] magic = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
        Path file = Files.write(folder.resolve("x.db"), magic);
        assertThatThrownBy(() -> Sources.read(file.toString(), Map.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("x.db: is no storage of Optuna");
    }

    @Test
    void whatIsKeptIsWhatWasReadAndAgainIsInItsPlace() throws URISyntaxException {
        RunSet set = optuna();
        Path file = folder.resolve("wane.db");
        try (PastRunStore store = PastRunStore.open(file)) {
            store.put(set);
            store.put(set);
            store.put(new RunSet("other", "table", List.of(), Map.of("acc", true)));
        }
        try (PastRunStore store = PastRunStore.open(file)) {
            assertThat(store.all())
                    .containsExactlyInAnyOrder(set, new RunSet("other", "table", List.of(), Map.of("acc", true)));
        }
    }

    private static RunSet optuna() throws URISyntaxException {
        Path file = Path.of(Objects.requireNonNull(SourcesTest.class.getResource("optuna.db"))
                .toURI());
        return Sources.read(file.toString(), Map.of());
    }
}
