package dev.wane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code import-runs}, {@code report --optimum} and {@code plan --base-from}. */
class PastRunsCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path table;

    /** Best at τ = 50/(5000·0.001·2.5) = 4 epochs. */
    @BeforeEach
    void sweep() throws IOException {
        List<String> rows = new ArrayList<>(List.of("name,optimizer,lr,weight_decay,batch_size,val_error,val_loss"));
        for (double weightDecay : new double[] {0.3125, 0.625, 1.25, 2.5, 5, 10, 20}) {
            double doublings = Math.log(weightDecay / 2.5) / Math.log(2);
            rows.add("r,AdamW,1e-3," + weightDecay + ",50," + (0.2 + 0.01 * doublings * doublings) + ",1");
        }
        table = Files.write(folder.resolve("runs.csv"), rows);
    }

    @Test
    void whatIsImportedIsReported() {
        String store = folder.resolve("w.db").toString();
        assertThat(wane("import-runs", table.toString(), "--store", store)).isZero();
        assertThat(out.toString()).contains("7 runs (table)", "weightDecay      weight_decay", "val_error");

        assertThat(wane("report", "--optimum", "--store", store, "--dataset-size", "5000", "--metric", "val_error"))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "best at τ = 4 epochs", "λ 2.5 at learning rate 0.001", "wrong by 4× costs 0.04 in val_error");
    }

    @Test
    void jsonAndPagesHoldTheSame() throws IOException {
        Path pages = folder.resolve("pages");
        assertThat(wane(
                        "report",
                        "--optimum",
                        table.toString(),
                        "--dataset-size",
                        "5000",
                        "--metric",
                        "val_error",
                        "--json",
                        "--out",
                        pages.toString()))
                .isZero();

        assertThat(out.toString()).startsWith("{").contains("\"metric\" : \"val_error\"", "\"edge\" : null");
        assertThat(Files.readString(pages.resolve("result.json"))).isEqualTo(out.toString());
        assertThat(Files.readString(pages.resolve("report.html"))).contains("best at τ = 4 epochs");
        assertThat(Files.readString(pages.resolve("report.md"))).contains("![", "metric-against-timescale.png");
        assertThat(pages.resolve("metric-against-timescale-dark.svg")).isNotEmptyFile();
    }

    @Test
    void aPlanStartsFromTheBest() {
        assertThat(wane(
                        "plan",
                        "--base-from",
                        table.toString(),
                        "--dataset-size",
                        "5000",
                        "--metric",
                        "val_error",
                        "--target",
                        "batch-size=400",
                        "--lr-rule",
                        "constant"))
                .isZero();

        assertThat(out.toString())
                .contains("learning rate 0.001, weight decay 2.5", "constant-timescale   0.001        20")
                .contains("the base is the best of 7 runs", "wrong by 2× costs 0.01 in val_error");
    }

    @Test
    void everyQuestionIsAskedAtOnce() {
        assertThat(wane("report", "--optimum", table.toString(), "--mode", "low", "--column", "weightDecay=wd"))
                .isEqualTo(2);

        assertThat(err.toString())
                .contains("--mode must be min or max, got 'low'")
                .contains("--column weightDecay=wd: the runs have no such setting")
                .contains("name the figure that the runs are judged by: --metric val_error or val_loss");
    }

    @Test
    void oneBrokenSourceImportsNothing() {
        Path store = folder.resolve("w.db");
        assertThat(wane(
                        "import-runs",
                        table.toString(),
                        folder.resolve("none").toString(),
                        "--store",
                        store.toString()))
                .isEqualTo(2);

        assertThat(err.toString()).contains("none: no such file or folder");
        assertThat(store).doesNotExist();
    }

    @Test
    void aStoreWithoutRunsIsSaidSo() {
        assertThat(wane("report", "--optimum", "--store", folder.resolve("w.db").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("keeps none; name a SOURCE, or wane import-runs SOURCE");
    }

    private int wane(String... arguments) {
        return Wane.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
