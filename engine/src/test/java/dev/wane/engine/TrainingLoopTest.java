package dev.wane.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wane.data.Batches;
import dev.wane.model.ModelSpec;
import dev.wane.model.Normalization;
import dev.wane.recipe.Betas;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingLoopTest {
    private static final int SAMPLES = 300;
    private static final Schedule COSINE = new Schedule(new Cosine(0), 0);
    private static final double NEGLIGIBLE_EPSILON = 1e-30;
    private static Examples examples;

    @BeforeAll
    static void load() {
        Torch.useThreads(1);
        examples = Synthetic.examples(SAMPLES);
    }

    @ParameterizedTest
    @EnumSource(Normalization.class)
    void everyNetworkLearns(Normalization norm) {
        try (Model model = Synthetic.model(norm, 1)) {
            double before = Logits.of(model, examples).error();

            Outcome outcome = train(model, norm, 1e-2, 0.1, 200);

            assertThat(outcome).isInstanceOf(Outcome.Finished.class);
            assertThat(before).isGreaterThan(0.4);
            assertThat(Logits.of(model, examples).error()).isLessThan(0.1);
        }
    }

    /** Theorem 1 of Wang and Aitchison (2024): (η, λ, σ) and (η/c, cλ, σ/c) train the same function, here to the bit. */
    @Test
    void aScaleInvariantNetSeesOnlyTheProductOfRateAndDecay() {
        float[] reference = scoresAfterTraining(1e-2, 0.5, 1);

        assertThat(scoresAfterTraining(0.5e-2, 1, 0.5)).containsExactly(reference);
        assertThat(scoresAfterTraining(0.5e-2, 1, 1)).isNotEqualTo(reference);
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        assertThat(scoresAfterTraining(1e-2, 0.5, 1)).containsExactly(scoresAfterTraining(1e-2, 0.5, 1));
    }

    @Test
    void divergenceIsAResult() {
        try (Model model = Synthetic.model(Normalization.NONE, 1)) {
            Outcome outcome = train(model, Normalization.NONE, 1e6, 0, 100);

            assertThat(outcome).isInstanceOfSatisfying(Outcome.Diverged.class, diverged -> {
                assertThat(diverged.step()).isBetween(1L, 99L);
                assertThat(diverged.loss())
                        .satisfiesAnyOf(
                                loss -> assertThat(loss).isNaN(),
                                loss -> assertThat(loss).isGreaterThan(TrainingLoop.EXPLODED));
            });
        }
    }

    @Test
    void telemetryFollowsTheRun() {
        try (Model model = Synthetic.model(Normalization.LAYER, 1)) {
            List<Measured> series =
                    train(model, Normalization.LAYER, 1e-2, 0.1, 120).series();

            assertThat(series)
                    .extracting(Measured::name)
                    .contains(
                            "loss",
                            "learningRate.matrix",
                            "weightRms.matrix",
                            "relativeUpdate.matrix",
                            "weightRms.norm",
                            "weightRms.bias");
            assertThat(steps(series, "loss")).containsExactly(0L, 50L, 100L, 119L);
            assertThat(at(series, "learningRate.matrix", 50))
                    .isCloseTo(1e-2 * 0.5 * (1 + Math.cos(Math.PI * 50 / 120)), within(1e-12));
            double fanIn =
                    (20 * 16 * (2.0 / 20) + 16 * 16 * (2.0 / 16) + 3 * 16 * (2.0 / 16)) / (20 * 16 + 16 * 16 + 48);
            assertThat(at(series, "weightRms.matrix", 0)).isCloseTo(Math.sqrt(fanIn), within(0.03));
            assertThat(at(series, "relativeUpdate.matrix", 0)).isCloseTo(1e-2 / Math.sqrt(fanIn), within(0.004));
            assertThat(at(series, "loss", 119)).isLessThan(at(series, "loss", 0));
        }
    }

    @Test
    void aCancelledRunStopsBeforeAStep() {
        try (Model model = Synthetic.model(Normalization.LAYER, 1);
                AdamW optimizer = optimizer(model, Normalization.LAYER, 1e-2, 0)) {
            TrainingLoop loop = new TrainingLoop(new Batches(1, SAMPLES, 50), COSINE, 10, 50, () -> true);

            assertThatThrownBy(() -> loop.run(model, optimizer, examples)).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void memoryIsFlatOverTwoThousandSteps() throws IOException {
        try (Model model = Mlp.create(new ModelSpec(Normalization.LAYER, 256, 2, 1e-3), 20, 3, 1, 1)) {
            train(model, Normalization.LAYER, 1e-4, 0.1, 500);
            long before = residentKilobytes();

            train(model, Normalization.LAYER, 1e-4, 0.1, 2000);

            // One leaked activation a step would be 50 × 256 × 4 bytes × 2,000 = 100 MB.
            assertThat(residentKilobytes() - before).isLessThan(30_000);
        }
    }

    @Test
    void onlyMatricesAreDecayedAndTheGainHasItsOwnRate() {
        try (Model model = Synthetic.model(Normalization.SCALE_INVARIANT, 1)) {
            List<ParameterGroup> groups = Groups.of(model, Synthetic.spec(Normalization.SCALE_INVARIANT), 1e-2, 0.5);

            assertThat(groups).extracting(ParameterGroup::name).containsExactly("matrix", "gain");
            assertThat(groups).extracting(ParameterGroup::weightDecay).containsExactly(0.5, 0.0);
            assertThat(groups).extracting(ParameterGroup::learningRate).containsExactly(1e-2, 1e-3);
        }
    }

    private static float[] scoresAfterTraining(double rate, double decay, double scale) {
        try (Model model = Synthetic.model(Normalization.SCALE_INVARIANT, scale)) {
            train(model, Normalization.SCALE_INVARIANT, rate, decay, 100);
            return Logits.of(model, examples).scores();
        }
    }

    private static Outcome train(Model model, Normalization norm, double rate, double decay, long steps) {
        try (AdamW optimizer = optimizer(model, norm, rate, decay)) {
            return new TrainingLoop(new Batches(1, SAMPLES, 50), COSINE, steps, 50, () -> false)
                    .run(model, optimizer, examples);
        }
    }

    private static AdamW optimizer(Model model, Normalization norm, double rate, double decay) {
        return new AdamW(Groups.of(model, Synthetic.spec(norm), rate, decay), Betas.DEFAULT, NEGLIGIBLE_EPSILON);
    }

    private static List<Long> steps(List<Measured> series, String name) {
        return series.stream()
                .filter(point -> point.name().equals(name))
                .map(Measured::step)
                .toList();
    }

    private static double at(List<Measured> series, String name, long step) {
        return series.stream()
                .filter(point -> point.name().equals(name) && point.step() == step)
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static long residentKilobytes() throws IOException {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
