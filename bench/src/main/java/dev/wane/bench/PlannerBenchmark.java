package dev.wane.bench;

import dev.wane.framework.Registry;
import dev.wane.plan.Plan;
import dev.wane.plan.Planner;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.recipe.Target;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import java.util.List;

/**
 * A thousand plans with every law, so that a row's milliseconds are a plan's microseconds: under a constant schedule, and
 * under a cosine, where the exact retention is solved from the powers of the schedule.
 *
 * <p>Run: {@code bench/run planner}
 */
final class PlannerBenchmark implements Benchmark {
    private static final int ROUNDS = 15;
    private static final int PLANS = 1000;

    @Override
    public String name() {
        return "planner";
    }

    @Override
    public List<Row> run() {
        Recipe constant = Recipe.of(Registry.get("torch", "adamw"))
                .learningRate(1e-3)
                .weightDecay(0.1)
                .batchSize(128.0)
                .datasetSize(1_280_000.0)
                .length(new RunLength.Epochs(10))
                .build();
        Recipe cosine = constant.but().schedule(new Schedule(new Cosine(0), 0)).build();
        return List.of(new HeadToHead("1,000 plans, batch × 8, all laws", 1, ROUNDS)
                .run(
                        new HeadToHead.Side("constant schedule", () -> plan(constant)),
                        new HeadToHead.Side("cosine over 100,000 steps", () -> plan(cosine))));
    }

    private static void plan(Recipe base) {
        Target change = Target.change().batchSize(1024.0).build();
        for (int i = 0; i < PLANS; i++) {
            Plan plan = Planner.plan(base, change);
            if (plan.recommended().isEmpty()) {
                throw new IllegalStateException("nothing recommended");
            }
        }
    }
}
