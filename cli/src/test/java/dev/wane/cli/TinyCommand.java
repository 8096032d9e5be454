package dev.wane.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A shell script in the place of a training script, with a best λ of 0.2 at the base and of 0.8 at the target. */
final class TinyCommand {
    private static final String SCRIPT = """
            sleep 0.3
            awk -v wd="$1" -v b="$2" -v s="$3" 'BEGIN {
              d = log(wd / (0.2 * b / 10)); srand(s); printf "{\\"error\\": %.9g}\\n", 0.1 + 0.01 * d * d + 0.002 * rand()
            }' > "$4/metrics.jsonl"
            """;

    private static final String EXPERIMENT = """
            name: tiny
            task:
              command: "sh train.sh {weightDecay} {batchSize} {seed} {dir}"
              metric: {from: metrics.jsonl, name: error, unit: share}
              samples: 1000
              workers: 2
            base: {optimizer: adamw, learningRate: 1e-3, batchSize: 10, epochs: 4, schedule: cosine}
            tune: {weightDecay: {from: 0.05, to: 0.8, factor: 2}}
            targets: [{batchSize: 40, learningRateRule: constant}]
            seeds: {tune: 2, confirm: 3}
            margin: 0.005
            """;

    private TinyCommand() {}

    /** The experiment's file, with the script beside it. */
    static Path write(Path folder) throws IOException {
        Files.writeString(folder.resolve("train.sh"), SCRIPT);
        return Files.writeString(folder.resolve("e.yaml"), EXPERIMENT);
    }
}
