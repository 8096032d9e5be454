package dev.wane.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wane.framework.Registry;
import dev.wane.groups.ParameterRole;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Made-up logs, each with one mistake planted, and one without any. */
class DiagnosesTest {
    private static final int STEPS = 1000;
    private static final double PEAK = 1e-2;
    private static final double LAMBDA = 0.1;
    private static final Schedule COSINE = new Schedule(new Cosine(0), 100);

    private final Map<String, Trace> traces = new LinkedHashMap<>();
    private final List<WatchedParameter> parameters = new ArrayList<>();
    private Recipe recipe = Recipe.of(Registry.get("torch", "adamw"))
            .learningRate(PEAK)
            .weightDecay(LAMBDA)
            .batchSize(10.0)
            .length(new RunLength.Steps(STEPS))
            .schedule(COSINE)
            .build();

    @Test
    void aHealthyRunShowsNothing() {
        healthy();
        assertThat(found()).isEmpty();
    }

    @Test
    void aScheduleThatIsSteppedFourTimesIsFoundAtAnySpeed() {
        for (int times : new int[] {2, 4, 8, 64}) {
            healthy();
            log("lr", step -> PEAK * multiplier(times * step));

            Diagnosis diagnosis = found("schedule-stepped-often");

            assertThat(diagnosis.evidence()).contains("the schedule of step " + times + "·t");
            assertThat(diagnosis.firstStep()).isBetween(1.0, 200.0);
        }
    }

    @Test
    void settingsThatAreNotTheConfigurationsAreFoundWithTheirFirstStep() {
        healthy();
        log("weight_decay", step -> step < 400 ? LAMBDA : 0.01);
        assertThat(only("weight-decay-differs").firstStep()).isEqualTo(400);

        healthy();
        log("lr", step -> (step < 300 ? 1 : 3) * PEAK * multiplier(step));
        assertThat(found("learning-rate-differs").firstStep()).isBetween(300.0, 310.0);

        healthy();
        log("lr", step -> 0.5 * PEAK * multiplier(step));
        assertThat(only("learning-rate-differs").evidence())
                .isEqualTo("learning rate 0.005000 where the schedule says 0.01000");
    }

    @Test
    void aRunThatIsStillWarmingUpHasNotMissedItsPeak() {
        Map<String, Trace> early = new LinkedHashMap<>();
        Trace rate = new Trace(4096);
        for (int step = 1; step <= 50; step++) {
            rate.add(step, PEAK * multiplier(step));
        }
        early.put("lr", rate);
        assertThat(Diagnoses.of(new WatchedRun("log", recipe, early, List.of(), List.of(), Optional.empty())))
                .isEmpty();
    }

    @Test
    void aDecayThatTheScheduleDoesNotMultiplyOutlivesTheRate() {
        recipe = Recipe.of(Registry.get("big_vision", "adamw"))
                .learningRate(PEAK)
                .weightDecay(1e-3)
                .length(new RunLength.Steps(STEPS))
                .schedule(COSINE)
                .build();
        healthy();
        assertThat(found()).extracting(Diagnosis::id).doesNotContain("decay-outlives-rate");

        recipe = Recipe.of(Registry.get("optax", "adafactor"))
                .learningRate(PEAK)
                .weightDecay(1e-3)
                .length(new RunLength.Steps(STEPS))
                .schedule(COSINE)
                .build();
        log("weight_decay", step -> 1e-3);
        assertThat(only("decay-outlives-rate").firstStep()).isBetween(800.0, 900.0);
    }

    @Test
    void aDecayThatAddsUpToNothingIsInertOnceAQuarterIsSeen() {
        recipe = recipe.withWeightDecay(1e-3);
        healthy();
        log("weight_decay", step -> 1e-3);
        assertThat(only("inert-decay").evidence()).startsWith("over 1000 steps the decay adds up to 0.005");
    }

    /** A scheduler that nobody steps follows no schedule, at any speed. */
    @Test
    void aRateThatNeverMovesIsNotStepped() {
        healthy();
        Trace rate = new Trace(4096);
        for (int step = 50; step <= STEPS; step += 50) {
            rate.add(step, PEAK);
        }
        traces.put("lr", rate);
        assertThat(found())
                .extracting(Diagnosis::id)
                .contains("learning-rate-differs")
                .doesNotContain("schedule-stepped-often");
    }

    /** torch's cosine goes up again behind its end, and down again. */
    @Test
    void aCosineThatIsSteppedOftenGoesBackAndForth() {
        for (int times : new int[] {4, 8}) {
            healthy();
            log("lr", step -> {
                double after = (times * step - 100.0) / 900 * Math.PI;
                return PEAK * (times * step < 100 ? times * step / 100.0 : 0.5 * (1 + Math.cos(after)));
            });
            assertThat(found("schedule-stepped-often").evidence()).contains("step " + times + "·t");
        }
    }

    /** One row an epoch has the rate of its beginning or of its end. */
    @Test
    void aRateThatIsSetAndLoggedOnceAnEpochIsAsMeant() {
        recipe = recipe.but().datasetSize(1000.0).build();
        for (int shift : new int[] {0, 100}) {
            healthy();
            Trace rate = new Trace(4096);
            for (int epoch = 1; epoch <= 10; epoch++) {
                rate.add(100 * epoch, PEAK * multiplier(Math.max(1, 100 * epoch - shift)));
            }
            traces.put("lr", rate);
            assertThat(found()).isEmpty();
        }
    }

    @Test
    void aWarmUpMayBeginAboveNothing() {
        healthy();
        log("lr", step -> step < 100 ? PEAK * (1 + 2.0 * step / 100) / 3 : PEAK * multiplier(step));
        assertThat(found()).isEmpty();
    }

    @Test
    void aGroupWithADecayOfItsOwnIsNoError() {
        healthy();
        log("matrices/weight_decay", step -> LAMBDA);
        log("embeddings/weight_decay", step -> 0.01);
        assertThat(only("weight-decay-differs").severity()).isEqualTo(Diagnosis.Severity.INFO);
    }

    @Test
    void aLossThatIsNoNumberAnyMoreIsAnError() {
        healthy();
        log("loss", step -> step < 600 ? 2 : Double.NaN);
        assertThat(only("loss-not-finite").firstStep()).isBetween(600.0, 610.0);
        log("loss", step -> step > 600 && step < 700 ? Double.NaN : 2);
        assertThat(found()).isEmpty();
    }

    @Test
    void fewLoggedRatesAddUpToWhatAllOfThemDo() {
        recipe = recipe.withWeightDecay(1e-3);
        healthy();
        Trace rate = new Trace(4096);
        for (int step = 1; step <= STEPS; step += 111) {
            rate.add(step, PEAK * multiplier(step));
        }
        traces.put("lr", rate);
        log("weight_decay", step -> 1e-3);
        assertThat(only("inert-decay").evidence()).startsWith("over 1000 steps the decay adds up to 0.00495");
    }

    @Test
    void aSmallDecayOfBfloat16IsLost() {
        healthy();
        parameters.add(new WatchedParameter("w", ParameterRole.MATRIX, 100, LAMBDA, true));
        assertThat(only("decay-lost-in-bfloat16").evidence()).contains("at most 0.001000");
        recipe = recipe.but().learningRate(PEAK).weightDecay(0.5).build();
        log("weight_decay", step -> 0.5);
        parameters.clear();
        parameters.add(new WatchedParameter("w", ParameterRole.MATRIX, 100, 0.5, true));
        assertThat(found()).isEmpty();
    }

    /** What is one sum with the update is rounded with it. */
    @Test
    void aDecayThatIsNotAnOperationOfItsOwnIsNotCalledLost() {
        healthy();
        parameters.add(new WatchedParameter("w", ParameterRole.MATRIX, 100, LAMBDA, false));
        assertThat(found()).isEmpty();
        parameters.add(new WatchedParameter("v", ParameterRole.MATRIX, 100, LAMBDA, true));
        recipe = Recipe.of(Registry.get("optax", "adamw"))
                .learningRate(PEAK)
                .weightDecay(LAMBDA)
                .length(recipe.length())
                .schedule(recipe.scheduleOrConstant())
                .build();
        assertThat(found()).isEmpty();
    }

    /** R² ← a²ᵟ·R² + (1 − a²ᵟ)·η/(2λ), followed step by step, is met exactly at constant η. */
    @Test
    void theSizeOfMatricesIsComparedWithTheirEquilibrium() {
        recipe = recipe.but().schedule(Schedule.constant()).weightDecay(0.5).build();
        log("loss", step -> 1);
        log("lr", step -> PEAK);
        log("weight_decay", step -> 0.5);
        parameters.add(new WatchedParameter("w", ParameterRole.MATRIX, 100, 0.5, false));
        double a = 1 - PEAK * 0.5;
        log("norms.w.0", step -> {
            double left = Math.pow(a, 2 * (step - 1));
            return 10 * Math.sqrt(left * 0.04 + (1 - left) * PEAK / (2 * 0.5));
        });
        assertThat(only("equilibrium").evidence())
                .isEqualTo(
                        "the RMS of decayed matrices (1) is 1.000 of the predicted (median; 1.000 to 1.000); the equilibrium is"
                                + " reached: 9.990 relaxation times");
    }

    @Test
    void gainsThatShrinkAreNamedAndThoseWithoutDecayAreNot() {
        healthy();
        parameters.add(new WatchedParameter("ln.weight", ParameterRole.NORM, 64, LAMBDA, false));
        parameters.add(new WatchedParameter("ln_2.weight", ParameterRole.NORM, 64, 0, false));
        log("norms.ln.weight.0", step -> 8 * Math.exp(-step / 500));
        log("norms.ln_2.weight.0", step -> 8 * Math.exp(-step / 500));

        Diagnosis diagnosis = only("shrinking-gains");

        assertThat(diagnosis.evidence()).startsWith("1 decayed gains have shrunk, most ln.weight, to 13.5");
        assertThat(diagnosis.firstStep()).isEqualTo(348);
    }

    @Test
    void burstsAtEqualDistancesAreCyclesAndSingleOnesAreNot() {
        healthy();
        log("loss", step -> step % 150 < 5 && step > 100 ? 5 : 0.5 + 0.1 * Math.sin(step));
        Diagnosis diagnosis = only("loss-cycles");
        assertThat(diagnosis.evidence()).contains("150 steps apart", "period × ηλ = 0.15");
        assertThat(diagnosis.firstStep()).isEqualTo(150);

        log("loss", step -> Math.abs(step - 500) < 5 || Math.abs(step - 520) < 3 ? 5 : 0.5);
        assertThat(found()).isEmpty();
    }

    /** An epoch of ten steps with one hard batch: between two of them decay removes one weight's hundredth at most. */
    @Test
    void burstsThatDecayCannotMakeAreNoCycles() {
        healthy();
        recipe = recipe.withWeightDecay(LAMBDA / 100);
        log("loss", step -> step % 150 < 5 && step > 100 ? 5 : 0.5 + 0.1 * Math.sin(step));

        assertThat(found()).extracting(Diagnosis::id).doesNotContain("loss-cycles");
    }

    @Test
    void aRowThatBeganSmallWasNotMadeSo() {
        healthy();
        parameters.add(new WatchedParameter("wte.weight", ParameterRole.EMBEDDING, 1000, LAMBDA, false));
        log("rows.wte.weight.min", step -> 0);
        log("rows.wte.weight.p01", step -> 0.02);
        log("rows.wte.weight.median", step -> 1);

        assertThat(found()).isEmpty();
    }

    @Test
    void aLossAroundZeroAndUnevenSpikesAreNoCycles() {
        healthy();
        Random noise = new Random(1);
        log("loss", step -> noise.nextGaussian());
        assertThat(found()).isEmpty();
        log("loss", step -> List.of(100.0, 180.0, 500.0, 560.0, 900.0).contains(step) ? 5 : 0.5);
        assertThat(found()).isEmpty();
    }

    /** Hugging Face's tags for TensorBoard. */
    @Test
    void aHeldOutLossIsNoTrainingLoss() {
        healthy();
        traces.remove("loss");
        log("eval/loss", step -> 9);
        log("train/loss", step -> 2);
        WatchedRun run = new WatchedRun("log", recipe, traces, parameters, List.of(), Optional.empty());

        assertThat(run.trainLoss().orElseThrow().last().value()).isEqualTo(2);
        assertThat(run.heldOutLoss().orElseThrow().last().value()).isEqualTo(9);
    }

    /** Lightning's monitor writes momentum beside the rate; the biases of YOLO warm up from above. */
    @Test
    void ofSeveralRatesTheOneThatIsMeantCounts() {
        healthy();
        traces.put("lr-AdamW", traces.remove("lr"));
        log("lr-AdamW-momentum", step -> 0.9);
        log("lr-AdamW-weight_decay", step -> LAMBDA);
        log("lr/pg2", step -> step < 50 ? 0.1 : PEAK);

        assertThat(found()).extracting(Diagnosis::id).doesNotContain("learning-rate-differs");
    }

    @Test
    void gradientsThatRiseWhileTheRateFallsAreNoDivergence() {
        healthy();
        log("grad_norm", step -> 1 / Math.sqrt(multiplier(Math.min(step, 990))));
        assertThat(only("gradient-rise").severity()).isEqualTo(Diagnosis.Severity.INFO);
        log("lr", step -> PEAK * Math.min(1, step / 100));
        assertThat(found()).extracting(Diagnosis::id).doesNotContain("gradient-rise");
    }

    @Test
    void rowsThatAreSmallOrNeverTrainedAreNamed() {
        healthy();
        parameters.add(new WatchedParameter("wte.weight", ParameterRole.EMBEDDING, 1000, LAMBDA, false));
        log("rows.wte.weight.p01", step -> Math.exp(-step / 200));
        log("rows.wte.weight.median", step -> 1);
        log("rows.wte.weight.without_gradient", step -> 0.25);
        log("rows.wte.weight.silent_rms", step -> Math.exp(-step / 1000));
        log("rows.wte.weight.silent_start", step -> 1);

        assertThat(found()).extracting(Diagnosis::id).containsExactly("low-norm-rows", "decayed-frozen-rows");
        assertThat(found("low-norm-rows").firstStep()).isEqualTo(461);
        assertThat(found("decayed-frozen-rows").evidence()).contains("25 % of the rows of wte.weight");

        log("rows.wte.weight.without_gradient", step -> step < 500 ? 0.25 : 0);
        assertThat(found()).extracting(Diagnosis::id).containsExactly("low-norm-rows");
    }

    /** Of fewer rows the mean is another, then as now. */
    @Test
    void rowsThatGetAGradientLaterDoNotShrinkTheOthers() {
        healthy();
        parameters.add(new WatchedParameter("wte.weight", ParameterRole.EMBEDDING, 1000, LAMBDA, false));
        log("rows.wte.weight.without_gradient", step -> 0.25 - step / 10000);
        log("rows.wte.weight.silent_rms", step -> Math.exp(-step / 1000));
        log("rows.wte.weight.silent_start", step -> Math.exp(-step / 1000));
        assertThat(found()).isEmpty();
    }

    @Test
    void aRateThatLeavesItsScheduleIsNamed() {
        healthy();
        DoubleUnaryOperator meant = step -> PEAK * multiplier(step);
        log("lr", step -> meant.applyAsDouble(step - 2));
        assertThat(found()).as("counted from elsewhere").isEmpty();
        log("lr", step -> meant.applyAsDouble(Math.ceil(step / 50) * 50));
        assertThat(found()).extracting(Diagnosis::id).doesNotContain("schedule-stepped-often");
        log("lr", step -> step < 400 ? meant.applyAsDouble(step) : meant.applyAsDouble(step - 400));
        assertThat(only("learning-rate-differs").firstStep()).isBetween(400.0, 450.0);
        log("lr", step -> step < 100 ? meant.applyAsDouble(step) : PEAK);
        assertThat(only("learning-rate-differs").evidence()).contains("where the schedule says");
        log("lr", step -> PEAK * multiplier(step <= 500 ? 2 * step : Math.max(100, 2000 - 2 * step)));
        assertThat(only("schedule-stepped-often").evidence()).contains("step 2·t");
    }

    @Test
    void twoRunsAreComparedAtEqualSharesOfTheirSchedules() {
        WatchedRun strong = losses(1.0, 1.2, 1.5);
        WatchedRun weak = losses(0.1, 0.8, 1.3);
        WatchedRun fitted = losses(0.01, 0.2, 1.9);

        assertThat(RegularisationGap.of(strong, weak)).extracting(Diagnosis::id).containsExactly("over-regularised");
        assertThat(RegularisationGap.of(fitted, weak)).extracting(Diagnosis::id).containsExactly("under-regularised");
        assertThat(RegularisationGap.of(weak, strong)).isEmpty();
        assertThat(RegularisationGap.of(weak, weak)).isEmpty();
    }

    /** Equal runs, one of which ends with a hard batch. */
    @Test
    void aSingleBatchDecidesNothing() {
        WatchedRun one = noisy(1.0, 2.0, 1);
        WatchedRun other = noisy(0.1, 2.0, 2);

        assertThat(RegularisationGap.of(one, other)).isEmpty();
        assertThat(RegularisationGap.of(other, one)).isEmpty();
    }

    /** A loss on held-out data once an epoch: its scatter counts, and two figures show none. */
    @Test
    void fewEvaluationsAreComparedByTheirScatter() {
        assertThat(RegularisationGap.of(evaluated(1.0, 1.0, 1.30, 1.31, 1.30), evaluated(0.1, 0.5, 1.20, 1.21, 1.20)))
                .extracting(Diagnosis::id)
                .containsExactly("over-regularised");
        assertThat(RegularisationGap.of(evaluated(1.0, 1.0, 1.30, 1.24, 1.27), evaluated(0.1, 0.5, 1.20, 1.29, 1.23)))
                .isEmpty();
        assertThat(RegularisationGap.of(evaluated(1.0, 1.0, 1.30, 1.30), evaluated(0.1, 0.5, 1.20, 1.20)))
                .isEmpty();
    }

    private WatchedRun evaluated(double weightDecay, double train, double... heldOut) {
        Trace losses = new Trace(4096);
        Trace evaluations = new Trace(4096);
        for (int step = 1; step <= STEPS; step++) {
            losses.add(step, train);
        }
        for (int i = 0; i < heldOut.length; i++) {
            evaluations.add((double) STEPS * (i + 1) / heldOut.length, heldOut[i]);
        }
        Map<String, Trace> logged = Map.of("train_loss", losses, "val_loss", evaluations);
        return new WatchedRun(
                "log", recipe.withWeightDecay(weightDecay), logged, List.of(), List.of(), Optional.empty());
    }

    private WatchedRun noisy(double weightDecay, double mean, int seed) {
        Map<String, Trace> logged = new LinkedHashMap<>();
        Random noise = new Random(seed);
        for (String name : new String[] {"train_loss", "val_loss"}) {
            Trace trace = new Trace(4096);
            for (int step = 1; step <= STEPS; step++) {
                trace.add(step, mean * (1 + 0.03 * noise.nextGaussian()) + (step == STEPS && seed == 1 ? 0.2 : 0));
            }
            logged.put(name, trace);
        }
        return new WatchedRun(
                "log", recipe.withWeightDecay(weightDecay), logged, List.of(), List.of(), Optional.empty());
    }

    private WatchedRun losses(double weightDecay, double train, double heldOut) {
        Map<String, Trace> logged = new LinkedHashMap<>();
        for (String name : new String[] {"train_loss", "val_loss"}) {
            Trace trace = new Trace(4096);
            for (int step = 10; step <= 500; step += 10) {
                trace.add(step, (name.startsWith("t") ? train : heldOut) * 500 / step);
            }
            logged.put(name, trace);
        }
        return new WatchedRun(
                "log", recipe.withWeightDecay(weightDecay), logged, List.of(), List.of(), Optional.empty());
    }

    private void healthy() {
        traces.clear();
        parameters.clear();
        log("lr", step -> PEAK * multiplier(step));
        log("loss", step -> 0.5 + 2 * Math.exp(-step / 300) + 0.1 * Math.sin(7 * step));
        log("grad_norm", step -> 1 + 0.2 * Math.sin(3 * step));
    }

    private static double multiplier(double step) {
        return COSINE.multiplier(Math.clamp((long) step - 1, 0, STEPS - 1), STEPS);
    }

    private void log(String name, DoubleUnaryOperator value) {
        Trace trace = new Trace(4096);
        for (int step = 1; step <= STEPS; step++) {
            trace.add(step, value.applyAsDouble(step));
        }
        traces.put(name, trace);
    }

    private List<Diagnosis> found() {
        return Diagnoses.of(new WatchedRun("log", recipe, traces, parameters, List.of(), Optional.empty()));
    }

    private Diagnosis found(String id) {
        return found().stream()
                .filter(diagnosis -> diagnosis.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Diagnosis only(String id) {
        assertThat(found()).extracting(Diagnosis::id).containsExactly(id);
        return found().getFirst();
    }
}
