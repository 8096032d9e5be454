package dev.wane.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.wane.framework.Registry;
import dev.wane.recipe.Betas;
import dev.wane.recipe.LearningRateRule;
import dev.wane.recipe.ModelEma;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RescaleTest {
    private static final Recipe REFERENCE = Recipe.of(Registry.get("torch", "adamw"))
            .learningRate(3e-4)
            .weightDecay(0.1)
            .batchSize(256.0)
            .betas(new Betas(0.9, 0.95))
            .length(new RunLength.Steps(10_000))
            .schedule(new Schedule(new Cosine(0.1), 500))
            .build();

    @Test
    void theTimescaleInSamplesIsKept() {
        Rescale rescale = Rescale.of(state(null), 1024);

        assertThat(rescale.accepted()).isTrue();
        assertThat(rescale.values().learningRate()).isCloseTo(6e-4, withinPercentage(1e-10));
        assertThat(rescale.values().weightDecay()).isCloseTo(0.2, withinPercentage(1e-10));
        assertThat(rescale.values().betas().first()).isCloseTo(0.6, withinPercentage(1e-10));
        assertThat(rescale.values().epsilon()).isCloseTo(5e-9, withinPercentage(1e-10));
        assertThat(rescale.warmupSteps()).isEqualTo(100);
    }

    @Test
    void aConstantScheduleIsAtItsPeakWithoutALength() {
        Recipe constant = Recipe.of(Registry.get("torch", "adamw"))
                .learningRate(3e-4)
                .weightDecay(0.1)
                .batchSize(256.0)
                .build();
        RunState run = new RunState(constant, 0, 256, state(null).policy());

        assertThat(Rescale.of(run, 512).multiplier()).isEqualTo(1);
    }

    @Test
    void aLargeChangeWithoutACriticalBatchIsWarnedOf() {
        assertThat(Rescale.of(state(null), 4096).warnings())
                .anyMatch(warning -> warning.contains("16.0 times the reference's"));
        assertThat(Rescale.of(state(8000.0), 4096).warnings()).noneMatch(warning -> warning.contains("times"));
    }

    /** Through any batches and back: the same bits. */
    @Test
    void awayAndBackReturnsTheVerySameBits() {
        SplittableRandom random = new SplittableRandom(1);
        Rescale home = Rescale.of(state(null), 256);
        assertThat(home.values().learningRate()).isEqualTo(3e-4);
        assertThat(home.values().weightDecay()).isEqualTo(0.1);
        for (int i = 0; i < 200; i++) {
            RunState run = home.state();
            double last = 256;
            for (int hop = 0; hop < 5; hop++) {
                last = 1 + random.nextInt(2000);
                run = Rescale.of(run, last).state();
            }
            assertThat(Rescale.of(run, last)).isEqualTo(Rescale.of(state(null), last));
            assertThat(Rescale.of(run, 256)).isEqualTo(home);
        }
    }

    @Test
    void aModelAverageFollowsAndReturns() {
        Recipe averaged = REFERENCE.but().modelEma(new ModelEma(0.9999)).build();
        RunState start = new RunState(averaged, 0, 256, state(null).policy());
        RunState away = Rescale.of(start, 1000).state();

        assertThat(Rescale.of(start, 1024).modelEma()).isEqualTo(new ModelEma(Math.pow(0.9999, 4)));
        assertThat(Rescale.of(away, 256).modelEma()).isEqualTo(new ModelEma(0.9999));
    }

    @Test
    void aDecayOfOneOrMoreAndABatchBeyondTheDataAreRefused() {
        Recipe data = REFERENCE.but().datasetSize(100_000.0).weightDecay(100.0).build();
        RunState state = new RunState(data, 0, 256, new RescalePolicy(LearningRateRule.CONSTANT, false, null, 0));

        assertThat(Rescale.of(state, 200_000).reason()).contains("is larger than the data set of 100000.0");
        assertThat(Rescale.of(state, 20_000).reason()).contains("1 or more");
        assertThat(Rescale.of(state, 20_000).accepted()).isFalse();
        assertThat(Rescale.of(state, 512).warnings()).anyMatch(warning -> warning.contains("first order"));
    }

    /** Halfway in samples is halfway in the schedule, before and after the change. */
    @Test
    void theScheduleGoesOnWhereItStood() {
        RunState halfway =
                new RunState(REFERENCE, 256.0 * 5000, 256, state(null).policy());
        Rescale doubled = Rescale.of(halfway, 512);
        long steps = 5000;

        assertThat(doubled.multiplier())
                .isEqualTo(REFERENCE.scheduleOrConstant().multiplier(5000, 10_000));
        assertThat(doubled.schedule().warmupSteps()).isEqualTo(250);
        assertThat(doubled.schedule().multiplier(2500, steps)).isEqualTo(doubled.multiplier());
    }

    @Test
    void askingTwiceChangesNothing() {
        Rescale once = Rescale.of(state(null), 777);

        assertThat(Rescale.of(once.state(), 777)).isEqualTo(once);
    }

    @Test
    void beyondTheCriticalBatchTheValuesInForceStay() {
        RunState running = Rescale.of(state(2000.0), 1024).state();

        Rescale refused = Rescale.of(running, 4096);

        assertThat(refused.accepted()).isFalse();
        assertThat(refused.reason()).contains("4096.0 is beyond the critical batch 2000.0");
        assertThat(refused.values()).isEqualTo(Rescale.of(running, 1024).values());
        assertThat(refused.state()).isEqualTo(running);
    }

    @Test
    void betasThatCannotFollowStayWithAWarning() {
        Rescale rescale = Rescale.of(state(null), 256 * 16);

        assertThat(rescale.values().betas()).isEqualTo(new Betas(0.9, 0.95));
        assertThat(rescale.warnings()).anyMatch(warning -> warning.startsWith("betas and eps stay"));
    }

    @Test
    void noRuleMeansNoChange() {
        Recipe lamb = REFERENCE.but().optimizer(Registry.get("timm", "lamb")).build();
        Rescale rescale = Rescale.of(new RunState(lamb, 0, 256, policy(null)), 1024);

        assertThat(rescale.accepted()).isFalse();
        assertThat(rescale.reason()).contains("trust ratio");
        assertThat(rescale.values().weightDecay()).isEqualTo(0.1);
    }

    /** In the middle of the schedule, 5,000 steps of 256 samples in, whatever the batch is now. */
    @Test
    void thePositionInTheScheduleDoesNotDependOnTheBatch() {
        RunState small = new RunState(REFERENCE, 5000.0 * 256, 256, policy(null));
        RunState large = Rescale.of(small, 2048).state();

        assertThat(large.multiplier(10_000)).isEqualTo(small.multiplier(10_000));
        assertThat(small.multiplier(10_000))
                .isEqualTo(REFERENCE.scheduleOrConstant().multiplier(5000, 10_000));
    }

    @Test
    void rangesAreChecked() {
        assertThatThrownBy(() -> Rescale.of(state(null), Double.NaN))
                .hasMessage("batchSize must be finite and > 0, got NaN");
        assertThatThrownBy(() -> policy(-1.0)).hasMessage("criticalBatch must be finite and > 0, got -1.0");
        assertThatThrownBy(() -> new RunState(REFERENCE, -1, 1, policy(null)))
                .hasMessage("samplesSeen must be finite and >= 0, got -1.0");
    }

    private static RunState state(@Nullable Double critical) {
        return new RunState(REFERENCE, 0, 256, policy(critical));
    }

    private static RescalePolicy policy(@Nullable Double critical) {
        return new RescalePolicy(LearningRateRule.SQRT, true, critical, 102_400);
    }
}
