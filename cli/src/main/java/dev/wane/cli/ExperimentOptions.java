package dev.wane.cli;

import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problems;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which experiment is trained, where, and where its trials are kept. */
final class ExperimentOptions {
    @Parameters(paramLabel = "EXPERIMENT", description = "An experiment (YAML, TOML, JSON).")
    @Nullable
    Path file;

    @Option(
            names = "--store",
            paramLabel = "FILE",
            description = "SQLite file that keeps the trials. Default: wane.db in the output folder.")
    @Nullable
    String store;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out",
            description = "Reports go to DIR/NAME. Default: ${DEFAULT-VALUE}.")
    Path out = Path.of("out");

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Trials at once. Default: one per core, or as the task says.")
    @Nullable
    Integer workers;

    @Option(names = "--on", paramLabel = "WHERE", defaultValue = "local", description = "local is the one there is.")
    String on = "local";

    @Option(names = "--dry-run", description = "Check the experiment and say what would be trained.")
    boolean dryRun;

    /** Reports what cannot be. */
    void check(Problems problems) {
        if (store != null && store.replaceFirst("^sqlite:(?!//)", "").contains("://")) {
            problems.add(Position.option(), "--store must be a file or sqlite:FILE, got '" + store + "'");
        }
        if (!on.equals("local")) {
            problems.add(Position.option(), "--on must be local, got '" + on + "'");
        }
        if (workers != null && workers < 1) {
            problems.add(Position.option(), "--workers must be >= 1, got " + workers);
        }
    }

    /** The file that keeps the trials. */
    Path storeFile() {
        String url = store == null ? out.resolve("wane.db").toString() : store;
        return Path.of(
                url.startsWith("sqlite:") && !url.startsWith("sqlite://") ? url.substring("sqlite:".length()) : url);
    }
}
