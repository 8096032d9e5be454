package dev.wane.lab.store;

import dev.wane.formats.runs.Extent;
import dev.wane.formats.runs.PastRun;
import dev.wane.formats.runs.RunSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Runs of other programs, kept beside trials. */
public final class PastRunStore implements AutoCloseable {
    private static final int BATCH = 1000;
    private static final TypeReference<LinkedHashMap<String, String>> SETTINGS = new TypeReference<>() {};
    private static final TypeReference<LinkedHashMap<String, Extent>> FIGURES = new TypeReference<>() {};
    private static final TypeReference<Map<String, Boolean>> DIRECTIONS = new TypeReference<>() {};
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final Database database;
    private final Handle handle;

    private PastRunStore(Database database) {
        this.database = database;
        this.handle = database.handle();
    }

    /**
     * Opens a store, making it or bringing it up to date where needed.
     *
     * @throws StoreException if it cannot be written, is locked, is no store, or is of a newer version
     */
    public static PastRunStore open(Path file) {
        return new PastRunStore(Database.open(file));
    }

    /** Stores a source whole or not at all, in the place of what was imported from it before. */
    public void put(RunSet set) {
        database.write(() -> {
            handle.execute("DELETE FROM past_run WHERE source = ?", set.source());
            handle.execute("DELETE FROM past_source WHERE source = ?", set.source());
            handle.execute(
                    "INSERT INTO past_source (source, kind, directions, imported_at) VALUES (?, ?, ?, ?)",
                    set.source(),
                    set.kind(),
                    MAPPER.writeValueAsString(set.larger()),
                    System.currentTimeMillis());
            for (int from = 0; from < set.runs().size(); from += BATCH) {
                insert(set, from, Math.min(from + BATCH, set.runs().size()));
            }
            return set.runs().size();
        });
    }

    private void insert(RunSet set, int from, int to) {
        PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO past_run (source, number, name, finished, settings, figures) VALUES (?, ?, ?, ?, ?, ?)");
        for (int i = from; i < to; i++) {
            PastRun run = set.runs().get(i);
            batch.add(
                    set.source(),
                    i,
                    run.name(),
                    run.finished(),
                    MAPPER.writeValueAsString(run.settings()),
                    MAPPER.writeValueAsString(run.figures()));
        }
        batch.execute();
    }

    /** Everything that was imported, source by source. */
    public List<RunSet> all() {
        return database.read(() -> handle.createQuery(
                        "SELECT source, kind, directions FROM past_source ORDER BY source")
                .map((rows, context) -> new RunSet(
                        rows.getString("source"),
                        rows.getString("kind"),
                        runs(rows.getString("source")),
                        MAPPER.readValue(rows.getString("directions"), DIRECTIONS)))
                .list());
    }

    private List<PastRun> runs(String source) {
        return new ArrayList<>(handle.createQuery(
                        "SELECT name, finished, settings, figures FROM past_run WHERE source = :source ORDER BY number")
                .bind("source", source)
                .map((rows, context) -> new PastRun(
                        rows.getString("name"),
                        rows.getBoolean("finished"),
                        MAPPER.readValue(rows.getString("settings"), SETTINGS),
                        MAPPER.readValue(rows.getString("figures"), FIGURES)))
                .list());
    }

    @Override
    public void close() {
        database.close();
    }
}
