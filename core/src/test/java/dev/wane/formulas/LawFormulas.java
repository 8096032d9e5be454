package dev.wane.formulas;

import dev.wane.framework.Registry;
import dev.wane.law.CompleteP;
import dev.wane.law.ConstantTimescale;
import dev.wane.law.DecayLaw;
import dev.wane.law.Independent;
import dev.wane.law.Nanochat;
import dev.wane.law.Normalised;
import dev.wane.law.PowerLines;
import dev.wane.law.Prescription;
import dev.wane.law.RetentionPerEpoch;
import dev.wane.law.RunFraction;
import dev.wane.law.SdeSqrt;
import dev.wane.law.Setting;
import dev.wane.law.SizeRule;
import dev.wane.law.Unchanged;
import dev.wane.law.WidthScaling;
import dev.wane.plan.CriticalBatch;
import dev.wane.recipe.Betas;
import dev.wane.recipe.ModelSize;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Of the laws, and of the sizes of batch and learning rate beside them. */
final class LawFormulas {
    private LawFormulas() {}

    static List<Formula> all() {
        return List.of(
                new Formula(Unchanged.class, "λ₂ = λ₁", x -> x.lambda, x -> lambda(x, new Unchanged())),
                new Formula(
                        ConstantTimescale.class,
                        "λ₂ = λ₁·(η₁/η₂)·(M₁/M₂)",
                        x -> x.lambda * (x.eta / x.eta2) * (stepsPerEpoch(x) / stepsPerEpoch2(x)),
                        x -> lambda(x, new ConstantTimescale())),
                new Formula(
                        Independent.class,
                        "λ₂ = λ₁·η₁/η₂",
                        x -> x.lambda * x.eta / x.eta2,
                        x -> lambda(x, new Independent())),
                new Formula(
                        RetentionPerEpoch.class,
                        "λ₂ = [1 − (1 − η₁λ₁)^κ]/η₂ with κ = M₁/M₂",
                        x -> (1 - Math.pow(1 - x.eta * x.lambda, stepsPerEpoch(x) / stepsPerEpoch2(x))) / x.eta2,
                        x -> lambda(x, new RetentionPerEpoch())),
                new Formula(
                        RunFraction.class,
                        "d₂ = d₁·(E₁M₁)/(E₂M₂)",
                        x -> x.eta * x.lambda * runs(x) / x.eta2,
                        x -> lambda(x, new RunFraction())),
                new Formula(
                        Normalised.class,
                        "d₂ = d₁·√(E₁M₁/(E₂M₂))",
                        x -> x.eta * x.lambda * Math.sqrt(runs(x)) / x.eta2,
                        x -> lambda(x, new Normalised())),
                new Formula(
                        Normalised.class,
                        "torch's is λ_norm/(η√(E·M))",
                        x -> x.lambda / (x.eta * Math.sqrt(x.epochs * stepsPerEpoch(x))),
                        x -> Normalised.decayPerStep(x.lambda, x.epochs * stepsPerEpoch(x)) / x.eta),
                new Formula(
                        Nanochat.class,
                        "λ₂ = λ₁·√(B₂/B₁)·D₁/D₂",
                        x -> x.lambda * Math.sqrt(x.kappa) * (x.epochs * x.data) / (x.epochs2 * x.data2),
                        x -> lambda(x, new Nanochat())),
                new Formula(
                        Nanochat.class,
                        "η₂ = η₁·√(B₂/B₁)",
                        x -> x.eta * Math.sqrt(x.kappa),
                        x -> prescription(x, new Nanochat()).learningRate()),
                new Formula(
                        Nanochat.class,
                        "B = 2^round(log₂(2^19·(D/D₁)^0.383))",
                        x -> Math.pow(2, Math.round(Math.log(Math.pow(2, 19) * Math.pow(x.m, 0.383)) / Math.log(2))),
                        x -> Nanochat.batchTokens(x.m)),
                new Formula(
                        Nanochat.class,
                        "0.22·(12/depth)²",
                        x -> 0.22 * (12 / x.m) * (12 / x.m),
                        x -> Nanochat.weightDecay(x.m)),
                new Formula(
                        SizeRule.class,
                        "B/(η·D·τ)",
                        x -> SizeRule.DEEPSEEK.batchTokens(1e9, 1e10 * x.m)
                                / (SizeRule.DEEPSEEK.learningRate(1e9, 1e10 * x.m)
                                        * (1e10 * x.m)
                                        * PowerLines.timescale(10 * x.m)),
                        x -> SizeRule.DEEPSEEK.weightDecay(1e9, 1e10 * x.m)),
                new Formula(
                        SdeSqrt.class,
                        "η₂ = √κ·η₁, 1 − β₂ = κ(1 − β₁), ε₂ = ε₁/√κ",
                        x -> Math.sqrt(x.kappa) * x.eta + x.kappa * (1 - x.beta1) + x.eps / Math.sqrt(x.kappa),
                        x -> sum(prescription(x, new SdeSqrt()))),
                new Formula(
                        CompleteP.class,
                        "η ∝ 1/(m·√m_S), λ ∝ m/√m_S, ε ∝ √m_S/(m·m_L), 1 − β ∝ 1/m_S",
                        x -> {
                            double mS = 1 / runs(x);
                            return x.eta / (x.m * Math.sqrt(mS))
                                    + x.lambda * x.m / Math.sqrt(mS)
                                    + x.eps * Math.sqrt(mS) / (x.m * x.mL)
                                    + (1 - x.beta1) / mS;
                        },
                        x -> {
                            Prescription answer = prescription(x, new CompleteP());
                            return sum(answer) + answer.weightDecay();
                        }),
                new Formula(
                        WidthScaling.class,
                        "λ ∝ m^p",
                        x -> x.lambda * x.m + x.lambda * Math.sqrt(x.m),
                        x -> widened(x, WidthScaling.MUP) + widened(x, WidthScaling.SQRT)),
                new Formula(
                        PowerLines.class,
                        "τ = 1.084·(D/N)^−0.527",
                        x -> 1.084 * Math.pow(x.tokens / x.parameters, -0.527),
                        x -> PowerLines.timescale(x.tokens / x.parameters)),
                new Formula(
                        PowerLines.class,
                        "λ = B/(η·D·τ)",
                        x -> x.batch / (x.eta * x.tokens * 1.084 * Math.pow(x.tokens / x.parameters, -0.527)),
                        x -> onePass(x, new PowerLines())),
                size(
                        SizeRule.STEP_LAW,
                        "η = 1.79·N^−0.713·D^0.307",
                        x -> 1.79 * Math.pow(x.parameters, -0.713) * Math.pow(x.tokens, 0.307)),
                tokens(SizeRule.STEP_LAW, "B = 0.58·D^0.571 tokens", x -> 0.58 * Math.pow(x.tokens, 0.571)),
                size(SizeRule.DEEPSEEK, "η = 0.3118·C^−0.125", x -> 0.3118 * Math.pow(compute(x), -0.125)),
                tokens(
                        SizeRule.DEEPSEEK,
                        "B = 0.2920·C^0.3271 tokens, C = 6ND",
                        x -> 0.2920 * Math.pow(compute(x), 0.3271)),
                size(SizeRule.MOONLIGHT, "η = 0.0127·C^−0.057", x -> 0.0127 * Math.pow(compute(x), -0.057)),
                tokens(
                        SizeRule.MOONLIGHT,
                        "B = 0.0065·C^0.4138 tokens, C = 6ND",
                        x -> 0.0065 * Math.pow(compute(x), 0.4138)),
                new Formula(
                        CriticalBatch.class,
                        "1 + B/B_crit",
                        x -> 1 + x.batch / x.tokens,
                        x -> CriticalBatch.samples(x.batch, x.tokens)),
                new Formula(
                        CriticalBatch.class,
                        "1 + B_crit/B",
                        x -> 1 + x.tokens / x.batch,
                        x -> CriticalBatch.steps(x.batch, x.tokens)),
                new Formula(
                        CriticalBatch.class,
                        "(S/S_min − 1)(E/E_min − 1) = 1",
                        x -> 1,
                        x -> (CriticalBatch.steps(x.kappa, 2) - 1) * (CriticalBatch.samples(x.kappa, 2) - 1)),
                new Formula(
                        CriticalBatch.class,
                        "2·10⁸/L^(1/0.21)",
                        x -> 2e8 / Math.pow(x.kappa, 1 / 0.21),
                        x -> CriticalBatch.kaplan(x.kappa)),
                new Formula(
                        CriticalBatch.class,
                        "0.0471·D^0.462 sequences of 2048 tokens",
                        x -> 0.0471 * Math.pow(x.tokens, 0.462) * 2048,
                        x -> CriticalBatch.powerLines(x.tokens)),
                new Formula(
                        CriticalBatch.class,
                        "0.0306·D^0.383 sequences of 2048 tokens",
                        x -> 0.0306 * Math.pow(x.tokens, 0.383),
                        x -> CriticalBatch.powerLinesBestSequences(x.tokens)));
    }

    private static Formula size(SizeRule rule, String written, ToDoubleFunction<Draw> byHand) {
        return new Formula(SizeRule.class, written, byHand, x -> rule.learningRate(x.parameters, x.tokens));
    }

    private static Formula tokens(SizeRule rule, String written, ToDoubleFunction<Draw> byHand) {
        return new Formula(SizeRule.class, written, byHand, x -> rule.batchTokens(x.parameters, x.tokens));
    }

    private static double compute(Draw x) {
        return 6 * x.parameters * x.tokens;
    }

    private static double lambda(Draw x, DecayLaw law) {
        return prescription(x, law).weightDecay();
    }

    private static Prescription prescription(Draw x, DecayLaw law) {
        return law.prescribe(base(x), target(x));
    }

    private static double sum(Prescription answer) {
        return answer.learningRate() + 1 - answer.betas().first() + answer.epsilon();
    }

    private static double widened(Draw x, WidthScaling law) {
        Recipe wide =
                base(x).recipe().but().modelSize(new ModelSize(null, x.m, 1)).build();
        return law.prescribe(base(x), Setting.of(wide)).weightDecay();
    }

    private static double onePass(Draw x, PowerLines law) {
        Recipe run = base(x).recipe()
                .but()
                .unit(Recipe.Unit.TOKENS)
                .datasetSize(null)
                .length(new RunLength.TokensSeen(x.tokens))
                .modelSize(new ModelSize(x.parameters, 1, 1))
                .build();
        return law.prescribe(Setting.of(run), Setting.of(run)).weightDecay();
    }

    private static Setting base(Draw x) {
        return Setting.of(Recipe.of(Registry.get("torch", "adamw"))
                .learningRate(x.eta)
                .weightDecay(x.lambda)
                .betas(new Betas(x.beta1, x.beta2))
                .epsilon(x.eps)
                .batchSize(x.batch)
                .datasetSize(x.data)
                .length(new RunLength.Epochs(x.epochs))
                .build());
    }

    private static Setting target(Draw x) {
        return Setting.of(base(x).recipe()
                .but()
                .learningRate(x.eta2)
                .weightDecay(null)
                .batchSize(x.kappa * x.batch)
                .datasetSize(x.data2)
                .length(new RunLength.Epochs(x.epochs2))
                .modelSize(new ModelSize(null, x.m, x.mL))
                .build());
    }

    private static double stepsPerEpoch(Draw x) {
        return x.data / x.batch;
    }

    private static double stepsPerEpoch2(Draw x) {
        return x.data2 / (x.kappa * x.batch);
    }

    /** (E₁M₁)/(E₂M₂). */
    private static double runs(Draw x) {
        return x.epochs * stepsPerEpoch(x) / (x.epochs2 * stepsPerEpoch2(x));
    }
}
