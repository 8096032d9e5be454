package dev.wane.bench;

import dev.wane.lab.trial.EngineRunner;
import dev.wane.lab.trial.EngineTrialSpec;
import dev.wane.lab.trial.Tasks;
import dev.wane.lab.trial.TrialSpec;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Two trials at once on two cores against the same two one after the other; each has one intra-op thread.
 *
 * <p>Run: {@code bench/run concurrent-trials}
 */
final class ConcurrentTrialsBenchmark implements Benchmark {
    private static final int ROUNDS = 7;

    private final EngineRunner runner = new EngineRunner();

    @Override
    public String name() {
        return "concurrent-trials";
    }

    @Override
    public List<Row> run() {
        return List.of(row(50, 2), row(400, 8));
    }

    private Row row(int batchSize, int epochs) {
        TrialSpec first = spec(batchSize, epochs, 1);
        TrialSpec second = spec(batchSize, epochs, 2);
        return new HeadToHead("SI-MLP, batch " + batchSize + ", " + epochs + " epochs", 1, ROUNDS)
                .run(
                        new HeadToHead.Side("two trials at once", () -> together(first, second)),
                        new HeadToHead.Side("one after the other", () -> {
                            train(first);
                            train(second);
                        }));
    }

    private void together(TrialSpec first, TrialSpec second) {
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> train(second));
        train(first);
        other.join();
    }

    private void train(TrialSpec spec) {
        runner.run(spec, () -> false);
    }

    private static TrialSpec spec(int batchSize, int epochs, long seed) {
        return new EngineTrialSpec(
                EngineTrialSpec.SCHEMA,
                new EngineTrialSpec.Task("fashion-mnist", Tasks.checksums("fashion-mnist"), 10_000, 10_000, 0, false),
                new EngineTrialSpec.Model("mlp", "scale-invariant", 128, 2, 1e-3, 1),
                new EngineTrialSpec.Recipe(
                        "torch",
                        "adamw",
                        1e-3,
                        1,
                        List.of(0.9, 0.999),
                        1e-8,
                        batchSize,
                        epochs,
                        new EngineTrialSpec.Schedule("cosine", 0, 0)),
                seed,
                1,
                1);
    }
}
