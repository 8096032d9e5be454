package dev.wane.plan;

import dev.wane.decay.Decay;
import dev.wane.dynamics.DecayRun;
import dev.wane.dynamics.Retention;
import dev.wane.framework.Registry;
import dev.wane.recipe.Betas;
import dev.wane.recipe.LearningRateRule;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RecipeBuilder;
import dev.wane.recipe.RunLength;
import dev.wane.recipe.Target;
import dev.wane.reference.Adam;
import dev.wane.reference.DecayStyle;
import dev.wane.schedule.Schedule;
import java.util.List;

/** What holds of a run whatever the law, and where no law holds: part of {@code docs/laws.md}. */
final class CasesBook {
    private static final double FACTOR = 8;
    private static final int TEN = 10;
    private static final long STEPS = 40_000;

    private CasesBook() {}

    static List<BookEntry> entries() {
        return List.of(theorem(), accumulation(), sharding(), skipped(), cautious(), trustRatio(), adaptive());
    }

    private static BookEntry theorem() {
        double plain = tenSteps(1);
        double scaled = tenSteps(FACTOR);
        return new BookEntry(
                "one family of equal runs",
                "(η, λ, σ_init, ε) → (η/c, cλ, σ_init/c, cε) leaves every function on the way as it was",
                "networks of scale-invariant weights alone under an Adam-type optimizer; exact",
                "arXiv:2405.13698, theorem 1",
                BookEntry.say(
                        "c = 8: ten steps from 1 lead to %s, and from 1/8 to %s, %s times less",
                        plain, scaled, plain / scaled));
    }

    /** One weight whose gradient grows by c as the weight shrinks by it. */
    private static double tenSteps(double c) {
        double[] weight = {1 / c};
        Adam adam = new Adam(1, Betas.DEFAULT, 1e-8 * c, DecayStyle.BEFORE);
        for (int step = 0; step < TEN; step++) {
            adam.step(weight, new double[] {c * Math.sin(step)}, 1e-2 / c, 0.1 * c);
        }
        return weight[0];
    }

    private static BookEntry accumulation() {
        RecipeBuilder recipe = Recipe.of(Registry.get("torch", "adamw"))
                .learningRate(1e-3)
                .weightDecay(0.1)
                .batchSize(128.0)
                .datasetSize(50_000.0)
                .length(new RunLength.Epochs(100));
        double lambda = Planner.plan(
                        recipe.build(),
                        Target.change()
                                .batchSize(1024.0)
                                .learningRateRule(LearningRateRule.CONSTANT)
                                .build())
                .recommended()
                .orElseThrow()
                .weightDecay();
        return new BookEntry(
                "gradient accumulation",
                "k micro-batches and one step decay once: batch kB",
                "any decay that the optimizer's step applies; equal to a large batch but for batch normalisation and dropout",
                "read in torch and Keras",
                BookEntry.say(
                        "batch 128 accumulated 8 times at a kept learning rate: λ = 0.1 becomes %s, as at batch 1024",
                        lambda));
    }

    private static BookEntry sharding() {
        return new BookEntry(
                "data parallel and sharded training",
                "B = per device · accumulation · devices; every replica or shard decays once per step",
                "synchronous training; tensor and pipeline parallel devices do not multiply",
                "derived",
                "16 per device, 4 accumulated, 8 devices: batch size " + 16 * 4 * 8);
    }

    private static BookEntry skipped() {
        DecayRun run = DecayRun.of(Decay.decoupledLr(0.1), 1e-3, Schedule.constant(), STEPS - 400);
        return new BookEntry(
                "steps that a loss scaler skips",
                "Π(1−d_t) over the steps that were made",
                "mixed precision with a dynamic loss scale",
                "derived",
                BookEntry.say(
                        "400 of 40,000 skipped at d = 1e-4, constant: %s of a weight is left, not %s",
                        Retention.of(run).run(), Math.exp(STEPS * Math.log1p(-1e-4))));
    }

    private static BookEntry cautious() {
        return new BookEntry(
                "cautious decay",
                "a coordinate decays where sign(u·w) ≥ 0: the realised decay is d times the share of these",
                "published with the λ of the plain decay; about half of the coordinates in a random walk",
                "arXiv:2510.12402",
                BookEntry.say(
                        "d = 1e-4 over 40,000 constant steps: a total decay near %s, not %s",
                        STEPS * 1e-4 / 2, STEPS * 1e-4));
    }

    private static BookEntry trustRatio() {
        return new BookEntry(
                "LARS and LAMB: no rule",
                "‖Δw‖/‖w‖ ≈ η·trust whatever λ is",
                "decay inside a trust ratio: λ mixes the direction of a step and does not set its size",
                "arXiv:1708.03888, arXiv:1904.00962",
                "`constant-timescale` for LAMB: " + refusal("timm", "lamb"));
    }

    private static BookEntry adaptive() {
        return new BookEntry(
                "L2 inside Adam: no decay per step",
                "λ|θ| ≫ |g|: a step of about η whatever λ is; λ|θ| ≪ |g|: ηλ/√v̂, another for each weight",
                "a penalty in the gradient of an adaptive optimizer",
                "arXiv:1711.05101",
                "`constant-timescale` for torch's Adam: " + refusal("torch", "adam"));
    }

    private static String refusal(String framework, String optimizer) {
        Recipe recipe = Recipe.of(Registry.get(framework, optimizer))
                .learningRate(1e-3)
                .weightDecay(0.1)
                .batchSize(128.0)
                .datasetSize(50_000.0)
                .length(new RunLength.Epochs(100))
                .build();
        return Planner.plan(recipe, Target.change().batchSize(1024.0).build()).alternatives().stream()
                .filter(answer -> answer.law().id().equals("constant-timescale"))
                .findFirst()
                .orElseThrow()
                .applicability()
                .reason();
    }
}
