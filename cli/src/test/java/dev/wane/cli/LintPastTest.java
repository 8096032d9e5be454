package dev.wane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A finding with what it costs, by runs whose best timescale is planted at four epochs. */
class LintPastTest {
    private static final double BEST = 4;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void pastRuns() throws Exception {
        StringBuilder table = new StringBuilder(
                "optimizer,learning_rate,weight_decay,batch_size,dataset_size,epochs,seed,val_loss\n");
        Random noise = new Random(1);
        for (double weightDecay = 0.0625; weightDecay < 20; weightDecay *= 2) {
            for (int seed = 1; seed <= 3; seed++) {
                double epochs = 50 / (50_000 * 1e-3 * weightDecay);
                double doublings = Math.log(epochs / BEST) / Math.log(2);
                double loss = 2 + 0.01 * doublings * doublings + 0.002 * noise.nextGaussian();
                table.append(String.format(Locale.ROOT, "adamw,0.001,%s,50,50000,20,%d,%s%n", weightDecay, seed, loss));
            }
        }
        Files.writeString(folder.resolve("sweep.csv"), table);
    }

    @Test
    void aFindingSaysWhatItCosts() throws Exception {
        assertThat(lint(
                        "{optimizer: adamw, learningRate: 1e-3, weightDecay: 0.03125, batchSize: 100, datasetSize: 50000,"
                                + " epochs: 20, schedule: constant}"))
                .isZero();
        assertThat(out.toString())
                .contains("warning [past-optimum]", "τ is 64 epochs here; of 27 runs (table)")
                .containsPattern("best at τ = (3\\.[89]\\d*|4|4\\.\\d+) epochs \\(95 %")
                .containsPattern("a timescale wrong by 1[56]\\.?\\d*× costs 0\\.1[5-7]\\d* in val_loss");
    }

    /** The best timescale of AdamW says nothing of SGD's. */
    @Test
    void anotherOptimizersRunsSayNothing() throws Exception {
        assertThat(lint("{optimizer: sgd, momentum: 0.9, learningRate: 0.1, weightDecay: 5e-4, batchSize: 100,"
                        + " datasetSize: 50000, epochs: 20, schedule: constant}"))
                .isZero();
        assertThat(out.toString()).doesNotContain("past-optimum");
    }

    @Test
    void whatIsWithinTheIntervalIsNoMore() throws Exception {
        assertThat(lint("{optimizer: adamw, learningRate: 2e-3, weightDecay: 0.25, batchSize: 100, datasetSize: 50000,"
                        + " epochs: 20, schedule: constant}"))
                .isZero();
        assertThat(out.toString()).contains("info [past-optimum]", "τ is 4 epochs here", "that is within the interval");
    }

    @Test
    void whereTheTimescaleIsNotKnownNothingIsSaid() throws Exception {
        assertThat(lint("{optimizer: adamw, learningRate: 2e-3, weightDecay: 0.25, batchSize: 100}"))
                .isZero();
        assertThat(out.toString()).doesNotContain("past-optimum");
    }

    private int lint(String recipe) throws Exception {
        Path file = Files.writeString(folder.resolve("recipe.yaml"), recipe);
        String[] arguments = {"lint", file.toString(), "--past=" + folder.resolve("sweep.csv"), "--metric=val_loss"};
        return Wane.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
