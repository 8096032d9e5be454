package dev.wane.formulas;

import dev.wane.decay.Decay;
import dev.wane.dynamics.DecayRun;
import dev.wane.dynamics.Retention;
import dev.wane.explain.ExplainedGroup;
import dev.wane.explain.Verdict;
import dev.wane.framework.Registry;
import dev.wane.recipe.BatchParts;
import dev.wane.recipe.Betas;
import dev.wane.recipe.LearningRateRule;
import dev.wane.recipe.ModelEma;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.recipe.TrainingScale;
import dev.wane.schedule.Schedule;
import java.util.List;

/** Of the packages {@code recipe} and {@code explain}. */
final class RecipeFormulas {
    private RecipeFormulas() {}

    static List<Formula> all() {
        return List.of(
                new Formula(
                        BatchParts.class,
                        "B = micro-batch · accumulation · replicas",
                        x -> x.batch * x.w * x.steps,
                        x -> new BatchParts(x.batch, x.w, x.steps).batchSize()),
                new Formula(
                        ModelEma.class,
                        "ρ^κ",
                        x -> Math.pow(x.beta2, x.kappa),
                        x -> new ModelEma(x.beta2).scaled(x.kappa).momentum()),
                new Formula(
                        ModelEma.class,
                        "1/(1 − ρ)",
                        x -> 1 / (1 - x.beta2),
                        x -> new ModelEma(x.beta2).timescaleSteps()),
                new Formula(
                        Betas.class,
                        "κ(1 − β)",
                        x -> x.kappa * (1 - x.beta1),
                        x -> 1 - new Betas(x.beta1, x.beta2).scaled(x.kappa).first()),
                new Formula(
                        LearningRateRule.class,
                        "η₂ = η₁·κ^p with κ = B₂/B₁",
                        x -> x.eta + x.eta * Math.sqrt(x.kappa) + x.eta * x.kappa,
                        x -> LearningRateRule.CONSTANT.learningRate(x.eta, x.kappa)
                                + LearningRateRule.SQRT.learningRate(x.eta, x.kappa)
                                + LearningRateRule.LINEAR.learningRate(x.eta, x.kappa)),
                new Formula(
                        TrainingScale.class,
                        "stepsPerEpoch M = N_s/B",
                        x -> x.data / x.batch,
                        x -> scale(x, false).stepsPerEpoch()),
                new Formula(
                        TrainingScale.class,
                        "real length E·M",
                        x -> x.epochs * x.data / x.batch,
                        x -> scale(x, false).runSteps()),
                new Formula(
                        TrainingScale.class,
                        "E·⌈M⌉ for epochs",
                        x -> x.epochs * Math.ceil(x.data / x.batch),
                        x -> scale(x, false).executedSteps()),
                new Formula(
                        TrainingScale.class,
                        "E·⌊M⌋",
                        x -> x.epochs * Math.floor(x.data / x.batch),
                        x -> scale(x, true).executedSteps()),
                new Formula(
                        ExplainedGroup.class,
                        "ln 2/−ln(1 − d)",
                        x -> Math.log(2) / -Math.log(1 - x.eta * x.lambda),
                        x -> ExplainedGroup.of("g", recipe(x, false)).halfLifeSteps()),
                new Formula(
                        Verdict.class,
                        "A = −ln Π(1 − d_t)",
                        x -> -x.steps * Math.log(1 - x.eta * x.lambda),
                        x -> Retention.effective(
                                DecayRun.of(Decay.decoupledLr(x.lambda), x.eta, Schedule.constant(), x.steps))));
    }

    private static TrainingScale scale(Draw x, boolean dropLast) {
        return TrainingScale.of(recipe(x, dropLast));
    }

    private static Recipe recipe(Draw x, boolean dropLast) {
        return Recipe.of(Registry.get("torch", "adamw"))
                .learningRate(x.eta)
                .weightDecay(x.lambda)
                .batchSize(x.batch)
                .datasetSize(x.data)
                .length(new RunLength.Epochs(x.epochs))
                .dropLast(dropLast)
                .build();
    }
}
