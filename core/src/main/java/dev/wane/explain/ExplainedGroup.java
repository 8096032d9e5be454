package dev.wane.explain;

import dev.wane.decay.CoupledSgd;
import dev.wane.decay.Decay;
import dev.wane.decay.DecayConvention;
import dev.wane.decay.Timescale;
import dev.wane.dynamics.DecayRun;
import dev.wane.dynamics.Equilibrium;
import dev.wane.dynamics.Memory;
import dev.wane.dynamics.Retention;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.TrainingScale;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one parameter group. NaN where undefined or an input is missing.
 *
 * @param name group name
 * @param convention what λ is multiplied by
 * @param learningRate peak η
 * @param weightDecay λ as written
 * @param torchWeightDecay the λ of the same decay in the decoupled-lr convention
 * @param decayPerStep d at peak
 * @param timescale τ at peak
 * @param halfLifeSteps ln 2/−ln(1 − d); NaN where the decay grows
 * @param retention over the run as scheduled
 * @param retentionPerEpoch (1 − d)^M at peak
 * @param verdict what it amounts to
 * @param equilibrium where decay and updates balance; null where there is no known form, as under cautious decay
 */
public record ExplainedGroup(
        String name,
        DecayConvention convention,
        double learningRate,
        double weightDecay,
        double torchWeightDecay,
        double decayPerStep,
        Timescale timescale,
        double halfLifeSteps,
        Retention retention,
        double retentionPerEpoch,
        Verdict verdict,
        @Nullable Equilibrium equilibrium) {

    /** Of an orthogonal A × B update times 0.2·√max(A, B). */
    private static final double MATCHED_RMS = 0.2;

    private static final Retention UNKNOWN_RETENTION = new Retention(Double.NaN, Double.NaN, Double.NaN);

    /**
     * Explains a recipe as one group.
     *
     * @param name group name
     * @param recipe any recipe
     * @return its figures
     */
    public static ExplainedGroup of(String name, Recipe recipe) {
        DecayConvention convention = recipe.convention();
        double rate = recipe.learningRate() == null ? Double.NaN : recipe.learningRate();
        double lambda = recipe.weightDecay() == null ? Double.NaN : recipe.weightDecay();
        double perStep = convention.decayPerStep(rate, 1, lambda);
        TrainingScale scale = TrainingScale.of(recipe);
        Timescale timescale = Timescale.ofSteps(
                convention.timescaleSteps(rate, lambda), scale.stepsPerEpoch(), scale.runSteps(), scale.batchSize());
        Retention retention = retention(recipe, scale);
        return new ExplainedGroup(
                name,
                convention,
                rate,
                lambda,
                convention.torchWeightDecay(
                        rate,
                        lambda,
                        recipe.scheduleOrConstant().isConstant()
                                && recipe.weightDecaySchedule().isConstant()),
                perStep,
                timescale,
                perStep < 0 ? Double.NaN : Math.log(2) / -Math.log1p(-perStep),
                retention,
                Retention.perEpoch(perStep, scale.stepsPerEpoch()),
                Verdict.of(retention.effective(), timescale, scale.epochs()),
                equilibrium(recipe));
    }

    private static Retention retention(Recipe recipe, TrainingScale scale) {
        Decay decay = recipe.decay();
        if (decay == null || recipe.learningRate() == null || scale.executedSteps() < 1) {
            return UNKNOWN_RETENTION;
        }
        return Retention.of(run(decay, recipe.learningRate(), recipe, scale.executedSteps()));
    }

    private static @Nullable Equilibrium equilibrium(Recipe recipe) {
        Decay decay = recipe.decay();
        if (decay == null
                || recipe.learningRate() == null
                || recipe.cautious()
                || !recipe.optimizer().updatesUsually()) {
            return null;
        }
        return Equilibrium.of(
                recipe.family(),
                decay,
                recipe.learningRate(),
                recipe.appliedMomentum(),
                recipe.betas(),
                recipe.optimizer().update().equals("scaled by 0.2·√max(A,B)") ? MATCHED_RMS : Double.NaN);
    }

    static @Nullable Memory memory(Recipe recipe) {
        Decay decay = recipe.decay();
        long steps = TrainingScale.of(recipe).executedSteps();
        if (decay == null || recipe.learningRate() == null || steps < 1) {
            return null;
        }
        boolean momentum = decay.plain().convention() instanceof CoupledSgd sgd && sgd.momentum() > 0;
        boolean undefined = Double.isNaN(decay.perStep(recipe.learningRate()));
        return momentum || undefined ? null : Memory.of(run(decay, recipe.learningRate(), recipe, steps));
    }

    private static DecayRun run(Decay decay, double learningRate, Recipe recipe, long steps) {
        return new DecayRun(decay, learningRate, recipe.scheduleOrConstant(), recipe.weightDecaySchedule(), steps);
    }
}
