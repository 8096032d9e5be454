package dev.wane.bench;

import dev.wane.data.BalancedSplit;
import dev.wane.data.Batches;
import dev.wane.data.FashionMnist;
import dev.wane.data.LabelledImages;
import dev.wane.engine.AdamW;
import dev.wane.engine.Examples;
import dev.wane.engine.Groups;
import dev.wane.engine.Mlp;
import dev.wane.engine.Model;
import dev.wane.engine.Torch;
import dev.wane.engine.TrainingLoop;
import dev.wane.model.ModelSpec;
import dev.wane.model.Normalization;
import dev.wane.recipe.Betas;
import dev.wane.schedule.Schedule;
import java.util.List;

/**
 * The engine's training loop, telemetry on, against a bare libtorch loop of the same scale-invariant net.
 *
 * <p>Run: {@code bench/run training-loop}
 */
final class TrainingLoopBenchmark implements Benchmark {
    private static final int SAMPLES = 10_000;
    private static final int ROUNDS = 9;
    private static final ModelSpec SPEC = new ModelSpec(Normalization.SCALE_INVARIANT, 128, 2, 1e-3);

    @Override
    public String name() {
        return "training-loop";
    }

    @Override
    public List<Row> run() {
        Torch.useThreads(1);
        Examples examples = examples();
        return List.of(row(examples, 50, 1000), row(examples, 400, 250));
    }

    static Examples examples() {
        LabelledImages images = FashionMnist.training();
        int[] indices = BalancedSplit.of(images.labels(), images.classes(), SAMPLES, SAMPLES)
                .training();
        return Examples.of(images, images.labels(), indices, FashionMnist.MEAN, FashionMnist.DEVIATION);
    }

    private static Row row(Examples examples, int batchSize, int steps) {
        BareLoop bare = new BareLoop(examples.inputs(), examples.labels());
        return new HeadToHead("SI-MLP, batch " + batchSize + ", " + steps + " steps", 1, ROUNDS)
                .run(
                        new HeadToHead.Side(
                                "engine, telemetry every 50 steps", () -> engine(examples, batchSize, steps)),
                        new HeadToHead.Side("bare libtorch loop", () -> bare.train(steps, batchSize)));
    }

    private static void engine(Examples examples, int batchSize, int steps) {
        try (Model model = Mlp.create(SPEC, 784, 10, 1, 1);
                AdamW optimizer = new AdamW(Groups.of(model, SPEC, 1e-3, 1), Betas.DEFAULT, 1e-8)) {
            new TrainingLoop(new Batches(1, SAMPLES, batchSize), Schedule.constant(), steps, 50, () -> false)
                    .run(model, optimizer, examples);
        }
    }
}
