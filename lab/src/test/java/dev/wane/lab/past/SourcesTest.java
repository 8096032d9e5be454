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
