package dev.wane.formats.runs;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs on an MLflow server, by its REST interface: of each metric the last value. */
public final class MlflowServer {
    private static final Pattern EXPERIMENT = Pattern.compile("^(.*?)/?(?:#/)?experiments/(\\d+).*$");
    private static final int PAGE = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final String address;
    private final @Nullable String authorization;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private MlflowServer(String address, @Nullable String authorization) {
        this.address = address.replaceFirst("[/#]+$", "");
        this.authorization = authorization;
    }

    /**
     * Reads the runs of one experiment, where the address names one ({@code …/#/experiments/3}), else of all.
     *
     * @param url of the server, http or https
     * @param authorization the header's value; null for none
     * @throws InputException if the server cannot be reached, refuses, or is none
     */
    public static RunSet read(String url, @Nullable String authorization) {
        Matcher named = EXPERIMENT.matcher(url);
        boolean one = named.matches();
        MlflowServer server = new MlflowServer(one ? named.group(1) : url, authorization);
        List<String> experiments = one ? List.of(named.group(2)) : server.experiments();
        List<PastRun> runs = server.runs(experiments);
        if (runs.isEmpty()) {
            throw problem(url, "holds no runs");
        }
        return new RunSet(url, "MLflow", runs);
    }

    private List<String> experiments() {
        List<String> ids = new ArrayList<>();
        pages(
                "experiments/search",
                Map.of(),
                page -> page.path("experiments")
                        .forEach(experiment ->
                                ids.add(experiment.path("experiment_id").asString())));
        return ids;
    }

    private List<PastRun> runs(List<String> experiments) {
        List<PastRun> runs = new ArrayList<>();
        pages(
                "runs/search",
                Map.of("experiment_ids", experiments),
                page -> page.path("runs").forEach(run -> runs.add(run(run))));
        return runs;
    }

    private static PastRun run(JsonNode run) {
        Map<String, String> settings = new LinkedHashMap<>();
        Map<String, Extent> figures = new LinkedHashMap<>();
        run.path("data")
                .path("params")
                .forEach(each -> settings.put(key(each), each.path("value").asString()));
        run.path("data")
                .path("metrics")
                .forEach(each ->
                        figures.put(key(each), Extent.of(each.path("value").asDouble(Double.NaN))));
        JsonNode info = run.path("info");
        String name = info.path("run_name").asString(info.path("run_id").asString("run"));
        return new PastRun(name, info.path("status").asString("FINISHED").equals("FINISHED"), settings, figures);
    }

    private static String key(JsonNode pair) {
        return pair.path("key").asString();
    }

    private interface Page {
        void read(JsonNode page);
    }

    private void pages(String path, Map<String, Object> query, Page reader) {
        String token = "";
        do {
            Map<String, Object> body = new LinkedHashMap<>(query);
            body.put("max_results", PAGE);
            if (!token.isEmpty()) {
                body.put("page_token", token);
            }
            JsonNode page = post(path, MAPPER.writeValueAsString(body));
            reader.read(page);
            token = page.path("next_page_token").asString("");
        } while (!token.isEmpty());
    }

    private JsonNode post(String path, String body) {
        String url = address + "/api/2.0/mlflow/" + path;
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
            if (authorization != null) {
                request.header("Authorization", authorization);
            }
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw problem(url, "answered " + response.statusCode() + ": " + head(response.body()));
            }
            return MAPPER.readTree(response.body());
        } catch (JacksonException e) {
            throw problem(url, "is no MLflow server: it did not answer with JSON");
        } catch (IOException | IllegalArgumentException e) {
            throw problem(url, "cannot be reached: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw problem(url, "was not waited for: interrupted");
        }
    }

    private static String head(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.substring(0, Math.min(line.length(), 200));
    }

    private static InputException problem(String url, String message) {
        return new InputException(List.of(new Problem(new Position(url, 0, 0), message)));
    }
}
