package dev.wane.formats.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wane.formats.problem.InputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that answers as MLflow documents its REST interface, in pages. */
class MlflowServerTest {
    private static final String RUN = """
            {"info": {"run_id": "%1$s", "run_name": "run-%1$s", "status": "%2$s", "lifecycle_stage": "active"},
             "data": {"params": [{"key": "lr", "value": "0.001"}],
                      "metrics": [{"key": "val/loss", "value": 0.25, "timestamp": 17, "step": 3},
                                  {"key": "train", "value": NaN, "timestamp": 17, "step": 3}]}}""";

    private HttpServer server;
    private final List<String> asked = new ArrayList<>();
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/2.0/mlflow/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void allExperimentsAreReadPageByPage() {
        RunSet set = MlflowServer.read(address() + "/", "Bearer secret");

        assertThat(set.runs()).extracting(PastRun::name).containsExactly("run-a", "run-b");
        assertThat(set.runs()).extracting(PastRun::finished).containsExactly(true, false);
        assertThat(set.runs().getFirst().settings()).containsExactly(Map.entry("lr", "0.001"));
        assertThat(set.runs().getFirst().figures().get("val/loss")).isEqualTo(Extent.of(0.25));
        assertThat(set.runs().getFirst().figures().get("train").last()).isNaN();
        assertThat(asked)
                .containsExactly(
                        "experiments/search Bearer secret {\"max_results\":1000}",
                        "runs/search Bearer secret {\"experiment_ids\":[\"0\",\"7\"],\"max_results\":1000}",
                        "runs/search Bearer secret {\"experiment_ids\":[\"0\",\"7\"],\"max_results\":1000,\"page_token\":\"next\"}");
    }

    @Test
    void theAddressOfAnExperimentAsTheBrowserShowsItIsThatExperiment() {
        MlflowServer.read(address() + "/#/experiments/7?searchFilter=", null);

        assertThat(asked.getFirst()).isEqualTo("runs/search null {\"experiment_ids\":[\"7\"],\"max_results\":1000}");
    }

    @Test
    void aServerThatRefusesOrIsNoneIsNamed() {
        status = 403;
        assertThatThrownBy(() -> MlflowServer.read(address(), null))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("experiments/search: answered 403: no");
        server.stop(0);
        assertThatThrownBy(() -> MlflowServer.read(address(), null)).hasMessageContaining("cannot be reached");
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/api/2.0/mlflow/".length());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(path + " " + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
        byte[] answer = (status == 200 ? answer(path, body) : "no\n").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static String answer(String path, String body) {
        if (path.equals("experiments/search")) {
            return "{\"experiments\": [{\"experiment_id\": \"0\"}, {\"experiment_id\": \"7\"}]}";
        }
        return body.contains("page_token")
                ? "{\"runs\": [" + RUN.formatted("b", "FAILED") + "]}"
                : "{\"runs\": [" + RUN.formatted("a", "FINISHED") + "], \"next_page_token\": \"next\"}";
    }
}
