package dev.wane.elastic;

import dev.wane.law.Applicability;
import dev.wane.law.ConstantTimescale;
import dev.wane.law.Prescription;
import dev.wane.law.SdeSqrt;
import dev.wane.law.Setting;
import dev.wane.recipe.ModelEma;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.TrainingScale;
import dev.wane.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a run trains with after its batch changed.
 *
 * <p>A pure function of the reference, the new batch and the policy: it does not see the batch before, so going from B to
 * 2B and back returns the very same numbers, and asking twice changes nothing. The schedule goes on where it stood,
 * because it is counted in samples.
 *
 * @param values η, λ, betas and ε at the new batch
 * @param warmupSteps steps over which to move η to its new value, where the batch was another before
 * @param accepted false beyond the policy's critical batch or where no rule exists: then the values are those in force
 * @param reason why
 * @param warnings what to look at
 * @param state to keep for the next change
 */
public record Rescale(
        Prescription values, long warmupSteps, boolean accepted, String reason, List<String> warnings, RunState state) {
    private static final double FIRST_ORDER_HOLDS = 0.01;
    private static final double LARGE_CHANGE = 8;

    /** Copies the list. */
    public Rescale {
        warnings = List.copyOf(warnings);
    }

    /**
     * Answers a change of batch.
     *
     * @param state the run as it is
     * @param batchSize the new batch, finite and &gt; 0
     * @return the values to train with, and the state to keep
     * @throws IllegalArgumentException if the batch is not finite and positive
     */
    public static Rescale of(RunState state, double batchSize) {
        RunState asked = state.withBatchSize(batchSize);
        Applicability ruled = ruled(asked);
        Double limit = state.policy().criticalBatch();
        if (limit != null && batchSize > limit) {
            return refusal(state, "batch " + batchSize + " is beyond the critical batch " + limit + " of the policy");
        }
        if (!ruled.applicable()) {
            return refusal(state, ruled.reason());
        }
        Double data = state.reference().datasetSize();
        if (data != null && batchSize > data) {
            return refusal(state, "batch " + batchSize + " is larger than the data set of " + data);
        }
        double decay = 1 / timescale(asked);
        if (!(decay < 1)) {
            return refusal(state, "the decay per step would be " + decay + ", 1 or more: weights would flip or vanish");
        }
        List<String> warnings = new ArrayList<>();
        if (decay > FIRST_ORDER_HOLDS) {
            warnings.add(
                    "the decay per step becomes " + decay + ": the rule holds to first order, which is coarse there");
        }
        double run = TrainingScale.of(state.reference()).executedSteps() * size(state.reference());
        if (run > 0 && state.samplesSeen() > run) {
            warnings.add("samplesSeen " + state.samplesSeen() + " is past the end of the reference's run of " + run
                    + ": the schedule has ended");
        }
        double ratio = batchSize / size(state.reference());
        if (limit == null && ratio >= LARGE_CHANGE) {
            warnings.add(
                    "the batch is " + ratio + " times the reference's, and the policy has no critical batch: the rule"
                            + " holds up to about that");
        }
        long warmup = (long) Math.ceil(state.policy().warmupSamples() / batchSize);
        String reason =
                "keeps the timescale in samples of batch " + state.reference().batchSize();
        return new Rescale(values(asked, warnings), warmup, true, reason, warnings, asked);
    }

    private static double size(Recipe reference) {
        return reference.batchSize() == null ? Double.NaN : reference.batchSize();
    }

    private static double timescale(RunState asked) {
        Prescription values = values(asked, new ArrayList<>());
        return asked.reference().convention().timescaleSteps(values.learningRate(), values.weightDecay());
    }

    private static Rescale refusal(RunState state, String reason) {
        List<String> warnings = new ArrayList<>();
        Prescription inForce = ruled(state).applicable() ? values(state, warnings) : asWritten(state.reference());
        warnings.add("the values are those in force at batch " + state.batchSize());
        return new Rescale(inForce, 0, false, reason, warnings, state);
    }

    /**
     * Where the schedule stands, whatever the batch: it is counted in samples.
     *
     * @return s of the next step, 1 of a constant schedule; NaN where another has no length
     */
    public double multiplier() {
        if (state.reference().scheduleOrConstant().isConstant()) {
            return 1;
        }
        long steps = TrainingScale.of(state.reference()).executedSteps();
        return steps < 1 ? Double.NaN : state.multiplier(steps);
    }

    /**
     * The schedule in steps of the batch now: a run that would take it from its start comes to the same position after as
     * many samples.
     *
     * @return warm-up and decay steps scaled by B₀/B
     */
    public Schedule schedule() {
        double reference = Objects.requireNonNull(state.reference().batchSize());
        return state.reference().scheduleOrConstant().scaled(reference / state.batchSize());
    }

    /**
     * The model average that remembers as many samples as the reference's.
     *
     * @return null where the reference has none
     */
    public @Nullable ModelEma modelEma() {
        ModelEma average = state.reference().modelEma();
        double reference = Objects.requireNonNull(state.reference().batchSize());
        return average == null || state.atReference() ? average : average.scaled(state.batchSize() / reference);
    }

    private static Applicability ruled(RunState state) {
        return new ConstantTimescale().applicability(Setting.of(state.reference()), Setting.of(state.rebatched()));
    }

    private static Prescription values(RunState state, List<String> warnings) {
        if (state.atReference()) {
            return asWritten(state.reference());
        }
        Setting reference = Setting.of(state.reference());
        Setting target = Setting.of(state.rebatched());
        Prescription kept = new ConstantTimescale().prescribe(reference, target);
        if (!state.policy().scaleBetas()) {
            return kept;
        }
        Applicability moments = new SdeSqrt().applicability(reference, target);
        if (!moments.applicable()) {
            warnings.add("betas and eps stay: " + moments.reason());
            return kept;
        }
        Prescription scaled = new SdeSqrt().prescribe(reference, target);
        return new Prescription(kept.learningRate(), kept.weightDecay(), scaled.betas(), scaled.epsilon());
    }

    private static Prescription asWritten(Recipe reference) {
        Setting setting = Setting.of(reference);
        return new Prescription(setting.learningRate(), setting.weightDecay(), reference.betas(), reference.epsilon());
    }
}
