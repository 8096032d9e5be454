package dev.wane.lab.past;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import dev.wane.formats.runs.MlflowServer;
import dev.wane.formats.runs.PastRuns;
import dev.wane.formats.runs.RunSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that past runs are read from: a table, a folder, a database, a server. */
public final class Sources {
    private Sources() {}

    /**
     * Reads one.
     *
     * @param environment where MLflow's own variables name a user or a token
     * @throws InputException if it cannot be read, is broken, or holds no runs
     */
    public static RunSet read(String source, Map<String, String> environment) {
        if (source.matches("https?://.*")) {
            return MlflowServer.read(source, authorization(environment));
        }
        int hash = source.lastIndexOf('#');
        if (hash > 0 && OptunaStorage.isDatabase(path(source.substring(0, hash)))) {
            return OptunaStorage.read(path(source.substring(0, hash)), source.substring(hash + 1));
        }
        Path path = path(source);
        return OptunaStorage.isDatabase(path) ? OptunaStorage.read(path, "") : PastRuns.read(path);
    }

    private static Path path(String source) {
        try {
            return Path.of(source.replaceFirst("^sqlite:///?", "").replaceFirst("^file://", ""));
        } catch (InvalidPathException e) {
            throw new InputException(
                    List.of(new Problem(new Position(source, 0, 0), "is neither a path nor an address")));
        }
    }

    private static @Nullable String authorization(Map<String, String> environment) {
        String token = environment.get("MLFLOW_TRACKING_TOKEN");
        String user = environment.get("MLFLOW_TRACKING_USERNAME");
        if (token != null) {
            return "Bearer " + token;
        }
        String pair = user + ":" + environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
        return user == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
