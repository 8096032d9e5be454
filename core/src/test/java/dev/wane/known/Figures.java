package dev.wane.known;

import dev.wane.decay.Corrected;
import dev.wane.decay.CoupledSgd;
import dev.wane.decay.Decay;
import dev.wane.decay.DecoupledLr;
import dev.wane.dynamics.Approach;
import dev.wane.dynamics.Bfloat16;
import dev.wane.dynamics.DecayRun;
import dev.wane.dynamics.Equilibrium;
import dev.wane.dynamics.Memory;
import dev.wane.dynamics.Retention;
import dev.wane.explain.ExplainedGroup;
import dev.wane.framework.Family;
import dev.wane.framework.Registry;
import dev.wane.law.CompleteP;
import dev.wane.law.ConstantTimescale;
import dev.wane.law.DecayLaw;
import dev.wane.law.Laws;
import dev.wane.law.Nanochat;
import dev.wane.law.Normalised;
import dev.wane.law.PowerLines;
import dev.wane.law.Prescription;
import dev.wane.law.RetentionPerEpoch;
import dev.wane.law.SdeSqrt;
import dev.wane.law.Setting;
import dev.wane.law.SizeRule;
import dev.wane.plan.CriticalBatch;
import dev.wane.recipe.Betas;
import dev.wane.recipe.ModelEma;
import dev.wane.recipe.ModelSize;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RecipeBuilder;
import dev.wane.recipe.RunLength;
import dev.wane.recipe.TrainingScale;
import dev.wane.reference.Adam;
import dev.wane.reference.DecayStyle;
import dev.wane.reference.Muon;
import dev.wane.reference.ReferenceOptimizer;
import dev.wane.reference.Sgd;
import dev.wane.schedule.AnalyticSums;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.InverseTime;
import dev.wane.schedule.Linear;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import java.util.Arrays;

/** The figures of known answers, each by the class that a user's number comes from. */
final class Figures {
    /** Power Lines, 610M parameters at 20 tokens per parameter: batch, loss with λ tuned, loss with η tuned. */
    private static final double[][] TABLE = {
        {63, 2.583, 2.579}, {126, 2.570, 2.565}, {252, 2.563, 2.563},
        {504, 2.571, 2.570}, {2016, 2.625, 2.637}, {4032, 2.754, 2.733}
    };

    private Figures() {}

    static double compute(String figure, Inputs in) {
        return switch (figure) {
            case "retention" -> batchLaw(new RetentionPerEpoch(), in);
            case "constant-timescale" -> batchLaw(new ConstantTimescale(), in);
            case "retention-raw" ->
                rowLaw(new RetentionPerEpoch(), "tfa/adamw", in.number("lambda"), in.number("kappa"));
            case "batch-law" ->
                rowLaw(
                        new ConstantTimescale(),
                        in.text("row"),
                        in.number("lambda"),
                        in.number("batch2") / in.number("batch"));
            case "survivor" -> Retention.perEpoch(in.number("d"), in.number("n"));
            case "normalised" -> Normalised.decayPerStep(in.number("norm"), in.number("steps"));
            case "normalised-torch" ->
                new DecoupledLr()
                        .weightDecayFor(
                                in.number("eta"), Normalised.decayPerStep(in.number("norm"), in.number("steps")));
            case "normalised-total" ->
                in.number("steps") * Normalised.decayPerStep(in.number("norm"), in.number("steps"));
            case "coupled-lambda" ->
                new Decay(in.number("lambda"), row(in).build().convention())
                        .plain()
                        .weightDecay();
            case "torch-lambda" ->
                row(in).build().convention().torchWeightDecay(in.number("eta"), in.number("lambda"), true);
            case "lambda-in" ->
                row(in).build().convention().weightDecayFor(in.number("eta"), in.number("eta") * in.number("lambda"));
            case "left-per-step" ->
                1 - row(in).build().convention().decayPerStep(in.number("eta"), 1, in.number("lambda"));
            case "width" -> width(in).weightDecay();
            case "width-rate" -> width(in).learningRate();
            case "width-decay" -> width(in).learningRate() * width(in).weightDecay();
            case "retention-cosine" -> retentionCosine(in);
            case "log-retention-cosine" ->
                -Retention.of(cosine(in.number("eta"), in.number("steps")).run(in.number("lambda")))
                        .effective();
            default -> more(figure, in);
        };
    }

    private static double more(String figure, Inputs in) {
        return switch (figure) {
            case "momentum" -> momentum(in);
            case "sgdw" -> decayedBy(new Sgd(1, new CoupledSgd(0.9, 0, false), DecayStyle.BEFORE), 0.1, in);
            case "adam-l2" -> decayedBy(new Adam(1, Betas.DEFAULT, 1e-8, DecayStyle.COUPLED), 1e-3, in);
            case "adamw" -> decayedBy(new Adam(1, Betas.DEFAULT, 1e-8, DecayStyle.BEFORE), 1e-3, in);
            case "slow-root" -> new CoupledSgd(0.9, 0, false).decayPerStep(0.1, 1, in.number("lambda"));
            case "oscillation-limit" -> new CoupledSgd(in.number("mu"), 0, false).oscillationLimit();
            case "steps-per-epoch" -> TrainingScale.of(sized(in).build()).stepsPerEpoch();
            case "survivor-per-epoch" -> explained(sized(in).build()).retentionPerEpoch();
            case "log-survivor-per-epoch" ->
                -Math.log(explained(sized(in).build()).retentionPerEpoch());
            case "timescale-steps" -> explained(sized(in).build()).timescale().steps();
            case "timescale-epochs" -> explained(sized(in).build()).timescale().epochs();
            case "timescale-epochs-sgd" ->
                explained(sized(in)
                                .optimizer(Registry.get("torch", "sgd"))
                                .momentum(new CoupledSgd(in.number("mu"), 0, false))
                                .build())
                        .timescale()
                        .epochs();
            case "lambda-of-timescale" ->
                new DecoupledLr()
                        .weightDecayFor(
                                in.number("eta"), in.number("batch") / (in.number("data") * in.number("epochs")));
            case "run-fraction" -> explained(sized(in).build()).timescale().runFraction();
            case "tokens-seen" -> sized(in).unit(Recipe.Unit.TOKENS).build().tokensSeen();
            case "passes" ->
                TrainingScale.of(sized(in).unit(Recipe.Unit.TOKENS).build()).epochs();
            case "token-fraction" ->
                explained(sized(in)
                                .weightDecay(0.1)
                                .unit(Recipe.Unit.TOKENS)
                                .length(new RunLength.TokensSeen(in.number("tokens")))
                                .build())
                        .timescale()
                        .runFraction();
            default -> languageModels(figure, in);
        };
    }

    private static double languageModels(String figure, Inputs in) {
        return switch (figure) {
            case "power-lines" -> powerLines(in, in.number("batch") * in.number("steps"));
            case "power-lines-tpp" -> powerLines(in, in.number("tpp") * in.number("parameters"));
            case "power-lines-timescale" -> PowerLines.timescale(in.number("tpp"));
            case "power-lines-data" ->
                1 / (in.number("ratio") * PowerLines.timescale(in.number("ratio")) / PowerLines.timescale(1));
            case "best-batch" -> CriticalBatch.powerLinesBestSequences(in.number("tokens"));
            case "best-batch-ratio" ->
                CriticalBatch.powerLinesBestSequences(in.number("ratio")) / CriticalBatch.powerLinesBestSequences(1);
            case "depth-square" ->
                in.number("lambda")
                        * Nanochat.weightDecay(in.number("depth2"))
                        / Nanochat.weightDecay(in.number("depth"));
            case "nanochat" -> nanochat(in);
            case "step-law-rate" -> SizeRule.STEP_LAW.learningRate(in.number("parameters"), in.number("tokens"));
            case "step-law-batch" -> SizeRule.STEP_LAW.batchTokens(in.number("parameters"), in.number("tokens"));
            case "deepseek-rate" -> SizeRule.DEEPSEEK.learningRate(in.number("compute") / 6, 1);
            case "deepseek-batch" -> SizeRule.DEEPSEEK.batchTokens(in.number("compute") / 6, 1);
            case "moonlight-rate" -> SizeRule.MOONLIGHT.learningRate(in.number("compute") / 6, 1);
            case "moonlight-batch" -> SizeRule.MOONLIGHT.batchTokens(in.number("compute") / 6, 1);
            case "kaplan" -> CriticalBatch.kaplan(in.number("loss"));
            case "table-best-batch" -> bestBatch(in.text("column").equals("lambda") ? 1 : 2);
            case "table-largest-gap" ->
                Arrays.stream(TABLE)
                        .filter(line -> line[0] <= in.number("upto"))
                        .mapToDouble(line -> Math.abs(line[1] - line[2]))
                        .max()
                        .orElseThrow();
            case "table-gap" ->
                Arrays.stream(TABLE)
                        .filter(line -> line[0] == in.number("batch"))
                        .mapToDouble(line -> line[1] - line[2])
                        .sum();
            default -> schedules(figure, in);
        };
    }

    private static double schedules(String figure, Inputs in) {
        return switch (figure) {
            case "schedule-sum" -> schedule(in).sum(in.whole("steps"));
            case "schedule-squares" -> schedule(in).sumOfSquares(in.whole("steps"));
            case "schedule-analytic" -> AnalyticSums.sum(schedule(in), in.whole("steps"));
            case "schedule-squares-analytic" -> AnalyticSums.sumOfSquares(schedule(in), in.whole("steps"));
            case "schedule-retention" ->
                Retention.of(DecayRun.of(Decay.decoupledLr(1), in.number("d"), schedule(in), in.whole("steps")))
                        .run();
            case "corrected-share" ->
                new Corrected().decayPerStep(1e-3, in.number("multiplier"), 0.1)
                        / new DecoupledLr().decayPerStep(1e-3, 1, 0.1);
            case "corrected-total" ->
                schedule(in).sum(in.whole("steps")) / schedule(in).sumOfSquares(in.whole("steps"));
            case "memory-initial" -> memory(in).initialWeight();
            case "memory-tenth" -> memory(in).lastTenthMass();
            case "memory-steps" -> memory(in).effectiveSteps();
            case "memory-unevenness" -> unevenness(in);
            case "memory-initial-inverse" -> Memory.of(inverseTime(in)).initialWeight();
            default -> dynamics(figure, in);
        };
    }

    private static double dynamics(String figure, Inputs in) {
        return switch (figure) {
            case "growth" -> Math.pow(Approach.equivalentGrowth(in.number("d")), in.number("steps"));
            case "growth-sgd" ->
                Approach.equivalentGrowth(
                        new CoupledSgd(in.number("mu"), 0, false).decayPerStep(0.1, 1, in.number("lambda")));
            case "model-ema" ->
                new ModelEma(in.number("rho")).scaled(in.number("kappa")).momentum();
            case "sde-rate" -> sde(in).learningRate();
            case "sde-beta1" -> sde(in).betas().first();
            case "sde-beta2" -> sde(in).betas().second();
            case "sde-eps" -> sde(in).epsilon();
            case "sde-applicable" ->
                new SdeSqrt().applicability(batch(1), batch(in.number("kappa"))).applicable() ? 1 : 0;
            case "complete-p-rate" -> completeP(in).learningRate();
            case "complete-p-lambda" -> completeP(in).weightDecay() / 0.1;
            case "complete-p-beta1" -> completeP(in).betas().first();
            case "complete-p-beta2" -> completeP(in).betas().second();
            case "complete-p-eps" -> completeP(in).epsilon() / 1e-8;
            case "lion-push" ->
                Approach.signBound(in.number("lambda"), in.number("eta") * in.number("lambda"), in.number("steps"));
            case "muon-scale" -> muonScale(in);
            case "muon-cap" -> muonScale(in) / in.number("lambda");
            case "width-warmup" -> Approach.widthWarmup(in.number("m"), in.number("d"), in.number("step"));
            case "width-warmup-step" -> Approach.widthWarmupStep(in.number("m"), in.number("d"), in.number("share"));
            case "adam-rms" -> adam(in).rms();
            case "adam-rotation" -> adam(in).rotationPerStep();
            case "adam-cosine" -> Equilibrium.adamCosine(in.number("eta"), in.number("eta") * in.number("lambda"), 0.9);
            case "sgd-rotation" -> sgdRotation(in);
            case "lion-rotation" ->
                Equilibrium.lion(in.number("eta"), in.number("eta") * in.number("lambda"), 0.9, 0.99)
                        .rotationPerStep();
            case "lion-factor" -> Equilibrium.lionFactor(0.9, 0.99);
            case "adam-factor" -> Math.pow(Equilibrium.updateRms(0.9), 2);
            case "update-rms" -> Equilibrium.updateRms(in.number("beta"));
            case "rms-after" -> Approach.rms(0.02, 1e-3, 1e-4, in.number("steps"));
            case "quiet-phase" -> Approach.quietPhase(in.number("growth"), in.number("d"));
            case "theorem-1" -> ScaleInvariant.difference(in.number("c"));
            case "bf16-largest-lost" -> bf16(true);
            case "bf16-smallest-kept" -> bf16(false);
            default -> throw new IllegalArgumentException("no figure '" + figure + "'");
        };
    }

    private static RecipeBuilder adamw() {
        return Recipe.of(Registry.get("torch", "adamw"));
    }

    private static RecipeBuilder row(Inputs in) {
        return row(in.text("row"));
    }

    private static RecipeBuilder row(String name) {
        return Recipe.of(Registry.get(name.substring(0, name.indexOf('/')), name.substring(name.indexOf('/') + 1)));
    }

    private static double batchLaw(DecayLaw law, Inputs in) {
        Setting base = Setting.of(adamw().learningRate(in.number("eta1"))
                .weightDecay(in.number("lambda"))
                .batchSize(1.0)
                .build());
        Setting target = Setting.of(adamw().learningRate(in.number("eta2"))
                .batchSize(in.number("kappa"))
                .build());
        return law.prescribe(base, target).weightDecay();
    }

    private static double rowLaw(DecayLaw law, String row, double lambda, double kappa) {
        Recipe base =
                row(row).learningRate(1e-3).weightDecay(lambda).batchSize(1.0).build();
        Recipe target = base.but().batchSize(kappa).build();
        return law.prescribe(Setting.of(base), Setting.of(target)).weightDecay();
    }

    private static Prescription width(Inputs in) {
        Recipe base = adamw().learningRate(in.number("eta"))
                .weightDecay(in.number("lambda"))
                .build();
        Recipe target =
                base.but().modelSize(new ModelSize(null, in.number("m"), 1)).build();
        DecayLaw law = Laws.all().stream()
                .filter(candidate -> candidate.id().equals(in.text("law")))
                .findFirst()
                .orElseThrow();
        return law.prescribe(Setting.of(base), Setting.of(target));
    }

    private static Setting cosine(double eta, double steps) {
        return Setting.of(adamw().learningRate(eta)
                .weightDecay(10.0)
                .batchSize(1000 / steps)
                .datasetSize(1000.0)
                .length(new RunLength.Steps((long) steps))
                .schedule(new Schedule(new Cosine(0), 0))
                .build());
    }

    private static double retentionCosine(Inputs in) {
        return new RetentionPerEpoch()
                .prescribe(cosine(in.number("eta"), in.number("steps")), cosine(in.number("eta"), in.number("steps2")))
                .weightDecay();
    }

    private static double momentum(Inputs in) {
        CoupledSgd sgd = new CoupledSgd(0.9, 0, in.number("nesterov") == 1);
        double simulated = decayedBy(new Sgd(1, sgd, DecayStyle.COUPLED), 0.1, in);
        double followed = Retention.of(
                        DecayRun.of(new Decay(in.number("lambda"), sgd), 0.1, Schedule.constant(), in.whole("steps")))
                .run();
        return Math.abs(simulated - followed) < 1e-13 ? followed : Double.NaN;
    }

    /** A weight of 1 after some steps without a loss gradient. */
    private static double decayedBy(ReferenceOptimizer optimizer, double eta, Inputs in) {
        double[] weight = {1};
        for (long step = 0; step < in.whole("steps"); step++) {
            optimizer.step(weight, new double[] {0}, eta, in.number("lambda"));
        }
        return weight[0];
    }

    private static RecipeBuilder sized(Inputs in) {
        RecipeBuilder recipe = adamw().learningRate(in.number("eta", 1)).weightDecay(in.number("lambda", 0));
        if (in.values().containsKey("batch")) {
            recipe.batchSize(in.number("batch"));
        }
        if (in.values().containsKey("data")) {
            recipe.datasetSize(in.number("data"));
        }
        if (in.values().containsKey("steps")) {
            recipe.length(new RunLength.Steps(in.whole("steps")));
        }
        return recipe;
    }

    private static ExplainedGroup explained(Recipe recipe) {
        return ExplainedGroup.of("default", recipe);
    }

    private static double powerLines(Inputs in, double tokens) {
        Setting target = Setting.of(adamw().learningRate(in.number("eta"))
                .unit(Recipe.Unit.TOKENS)
                .batchSize(in.number("batch"))
                .length(new RunLength.TokensSeen(tokens))
                .modelSize(new ModelSize(in.number("parameters"), 1, 1))
                .build());
        return new PowerLines().prescribe(target, target).weightDecay();
    }

    private static double nanochat(Inputs in) {
        Recipe base = Recipe.of(Registry.get("kellerjordan", "muon"))
                .learningRate(0.02)
                .weightDecay(in.number("lambda"))
                .unit(Recipe.Unit.TOKENS)
                .batchSize(1.0)
                .length(new RunLength.TokensSeen(1e6))
                .build();
        Recipe target = base.but()
                .batchSize(in.number("batch"))
                .length(new RunLength.TokensSeen(1e6 * in.number("data")))
                .build();
        return new Nanochat().prescribe(Setting.of(base), Setting.of(target)).weightDecay();
    }

    private static double bestBatch(int column) {
        return Arrays.stream(TABLE)
                .min((a, b) -> Double.compare(a[column], b[column]))
                .orElseThrow()[0];
    }

    private static Schedule schedule(Inputs in) {
        double floor = in.number("floor", 0);
        ScheduleShape shape = switch (in.text("schedule")) {
            case "cosine" -> new Cosine(floor);
            case "linear" -> new Linear(floor);
            default -> new Constant();
        };
        return new Schedule(shape, (long) in.number("warmup", 0));
    }

    private static Memory memory(Inputs in) {
        long steps = in.whole("steps");
        double decay = 1 / (in.number("tau") * steps);
        return Memory.of(DecayRun.of(Decay.decoupledLr(1), decay, schedule(in), steps));
    }

    private static DecayRun inverseTime(Inputs in) {
        double decay = in.number("d");
        Schedule schedule = new Schedule(new InverseTime(1 / decay), 0);
        return DecayRun.of(Decay.decoupledLr(1), decay, schedule, in.whole("steps"));
    }

    private static double unevenness(Inputs in) {
        double[] curve = Memory.curve(inverseTime(in));
        return Arrays.stream(curve).max().orElseThrow()
                        / Arrays.stream(curve).min().orElseThrow()
                - 1;
    }

    private static Setting batch(double size) {
        return Setting.of(adamw().learningRate(1.0)
                .weightDecay(0.1)
                .batchSize(size)
                .datasetSize(1e6)
                .build());
    }

    private static Prescription sde(Inputs in) {
        return new SdeSqrt().prescribe(batch(1), batch(in.number("kappa")));
    }

    private static Prescription completeP(Inputs in) {
        Recipe base = adamw().learningRate(1.0)
                .weightDecay(0.1)
                .betas(new Betas(0.9, 0.95))
                .length(new RunLength.Steps(1000))
                .build();
        Recipe target = base.but()
                .length(new RunLength.Steps((long) (1000 * in.number("steps"))))
                .build();
        return new CompleteP().prescribe(Setting.of(base), Setting.of(target));
    }

    private static double muonScale(Inputs in) {
        return Muon.Scale.MATCH_RMS_ADAMW.of((int) in.number("rows"), (int) in.number("columns"));
    }

    private static Equilibrium adam(Inputs in) {
        return Equilibrium.adam(in.number("eta"), in.number("eta") * in.number("lambda"), 0.9);
    }

    private static double sgdRotation(Inputs in) {
        Decay decay = new Decay(in.number("lambda"), new CoupledSgd(in.number("mu"), 0, false));
        return Equilibrium.of(
                        Family.SGD,
                        decay,
                        in.number("eta"),
                        new CoupledSgd(in.number("mu"), 0, false),
                        Betas.DEFAULT,
                        Double.NaN)
                .rotationPerStep();
    }

    /** Over the mantissas of bfloat16, the smallest decay that changes a weight: the largest and the smallest of them. */
    private static double bf16(boolean largest) {
        double extreme = largest ? 0 : 1;
        for (int mantissa = 0; mantissa < 128; mantissa++) {
            float weight = 1 + mantissa / 128f;
            double low = 0;
            double high = 0.01;
            for (int i = 0; i < 60; i++) {
                double middle = (low + high) / 2;
                if (Bfloat16.losesDecay(weight, middle)) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            extreme = largest ? Math.max(extreme, high) : Math.min(extreme, high);
        }
        return extreme;
    }
}
