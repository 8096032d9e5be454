package dev.wane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps and single runs, by the engine and by a program of the user's own. */
class SweepCommandTest {
    private static final String ENGINE = """
            name: small
            task: {data: fashion-mnist, samples: 200, validation: 200}
            model: {kind: mlp, norm: scale-invariant, width: 8, depth: 1}
            base: {optimizer: adamw, learningRate: 3e-3, batchSize: 50, epochs: 2%s}
            %s
            seeds: {tune: 2}
            """;
    private static final String COMMAND = """
            name: own
            task:
              command: [awk, '-v', 'dir={dir}', '-v', 'l={weightDecay}', '-v', 's={seed}', '-v', 'r={learningRate}', 'BEGIN { e = log(l/4); print "{\\"err\\": " e*e + s/100 + r "}" > dir "/m.jsonl" }']
              metric: {from: m.jsonl, name: err}
              samples: 1000
            base: {optimizer: adamw, learningRate: 1e-3, batchSize: 10, epochs: 5}
            tune: {weightDecay: {from: 0.5, to: 32, factor: 2}, learningRate: [1e-3, 2e-3]}
            seeds: {tune: 2}
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void oneRecipeIsTrainedOnceForEverySeed() throws Exception {
        Path file = file("t.yaml", ENGINE.formatted(", weightDecay: 1", ""));
        assertThat(wane("train", file)).as(err::toString).isZero();

        assertThat(out.toString()).contains("scale-invariant MLP", "2 seeds").doesNotContain("best at");
        assertThat(Files.readAllLines(folder.resolve("out/small/runs.csv"))).hasSize(3);
    }

    /** What was trained before is not trained again: the second call only reads the store. */
    @Test
    void aSweepCrossesItsAxesAndGoesOnWhereItStopped() throws Exception {
        Path file = file(
                "s.yaml",
                ENGINE.formatted("", "tune: {weightDecay: {from: 0.5, to: 8, factor: 4}, learningRate: [1e-3, 3e-3]}"));
        assertThat(wane("sweep", file)).as(err::toString).isZero();
        String first = Files.readString(folder.resolve("out/small/runs.csv"));
        assertThat(first.lines()).hasSize(1 + 3 * 2 * 2);
        assertThat(out.toString()).contains("all runs  (12 runs)");

        Path store = folder.resolve("out/wane.db");
        long before = Files.size(store);
        assertThat(wane("sweep", file)).isZero();
        assertThat(Files.readString(folder.resolve("out/small/runs.csv"))).isEqualTo(first);
        assertThat(Files.size(store)).isEqualTo(before);
    }

    /** Momentum makes each step decay 1/(1 − μ) times as much: the table that is written knows it. */
    @Test
    void theTableOfASweepKnowsTheMomentum() throws Exception {
        String momentum = COMMAND.replace("optimizer: adamw,", "optimizer: sgd, momentum: 0.9, schedule: cosine,")
                .replace("learningRate: [1e-3, 2e-3]}", "learningRate: [1e-3]}");
        assertThat(wane("sweep", file("sgd.yaml", momentum))).as(err::toString).isZero();

        // τ = (1 − 0.9)/(1e-3 · 4) steps of 100 to an epoch.
        assertThat(out.toString()).containsPattern("best at τ = 0\\.2[45]\\d* epochs");
    }

    /** Its error is (ln λ/4)², at its least at λ 4 whatever the rate: in τ that is another place for each rate. */
    @Test
    void aProgramOfTheUsersOwnIsSwept() throws Exception {
        assertThat(wane("sweep", file("own.yaml", COMMAND))).as(err::toString).isZero();
        assertThat(out.toString()).contains("all runs  (28 runs)", "judged by err, smaller is better");
        assertThat(Files.readString(folder.resolve("out/own/runs.csv")))
                .contains("finished,own,torch,adamw,0.002,32.0,,constant,0,10.0,1000.0,5.0,2,");
    }

    @Test
    void whatIsMissingIsSaid() throws Exception {
        Path file = file("s.yaml", ENGINE.formatted("", ""));
        assertThat(wane("train", file)).isEqualTo(2);
        assertThat(err.toString()).contains("base needs the key 'weightDecay' to be trained with");
        assertThat(wane("sweep", file)).isEqualTo(2);
        assertThat(err.toString()).contains("an experiment needs the key 'tune'");
        Path rates = file(
                "r.yaml",
                ENGINE.formatted("", "tune: {weightDecay: {from: 1, to: 4, factor: 2}, learningRate: [1e-3]}"));
        assertThat(wane("transfer", rates)).isEqualTo(2);
        assertThat(err.toString()).contains("tune.learningRate is for wane sweep");
        assertThat(wane("sweep", rates, "--dry-run")).isZero();
        assertThat(out.toString()).contains("small: 6 trials");
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    private int wane(String verb, Path file, String... more) {
        String[] arguments = new String[4 + more.length];
        arguments[0] = verb;
        arguments[1] = file.toString();
        arguments[2] = "--out=" + folder.resolve("out");
        arguments[3] = "--quiet";
        System.arraycopy(more, 0, arguments, 4, more.length);
        return Wane.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
