package dev.wane.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class EngineRunnerTest {
    private final EngineRunner runner = new EngineRunner();

    @Test
    void metricsOfValidationAlwaysAndOfTestWhereAsked() {
        TrialResult tuning = runner.run(Specs.of("layer", 0.1, 1, false), () -> false);
        TrialResult confirming = runner.run(Specs.of("layer", 0.1, 1, true), () -> false);

        assertThat(tuning.metrics())
                .containsOnlyKeys("validation.error", "validation.nll", "validation.calibratedNll", "temperature");
        assertThat(confirming.metrics()).containsKeys("test.error", "test.nll", "test.calibratedNll");
        assertThat(confirming.metrics().get("validation.error"))
                .isEqualTo(tuning.metrics().get("validation.error"));
        assertThat(confirming.metrics().get("test.error")).isBetween(0.05, 0.9);
        assertThat(confirming.metrics().get("validation.calibratedNll"))
                .isLessThanOrEqualTo(confirming.metrics().get("validation.nll") + 1e-9);
    }

    @Test
    void threeAtOnceGiveTheSameBitsAsOneAlone() throws Exception {
        List<TrialSpec> specs = List.of(
                Specs.of("layer", 1, 1, false),
                Specs.of("scale-invariant", 1, 2, false),
                Specs.of("none", 1, 3, false));
        List<TrialResult> alone =
                specs.stream().map(spec -> runner.run(spec, () -> false)).toList();

        try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
            List<Future<TrialResult>> together = specs.stream()
                    .map(spec -> pool.submit(() -> runner.run(spec, () -> false)))
                    .toList();
            for (int i = 0; i < specs.size(); i++) {
                assertThat(together.get(i).get().metrics())
                        .isEqualTo(alone.get(i).metrics());
                assertThat(together.get(i).get().series())
                        .isEqualTo(alone.get(i).series());
            }
        }
    }

    @Test
    void initialisationAndDataOrderDoNotDependOnWeightDecay() {
        TrialResult some = runner.run(Specs.of("layer", 0.1, 1, false), () -> false);
        TrialResult more = runner.run(Specs.of("layer", 10, 1, false), () -> false);

        assertThat(some.series().getFirst()).isEqualTo(more.series().getFirst());
        assertThat(some.metrics()).isNotEqualTo(more.metrics());
    }

    @Test
    void divergenceIsAResultWithoutMetrics() {
        EngineTrialSpec spec = Specs.of("none", 0, 1, false);
        EngineTrialSpec.Recipe wild = new EngineTrialSpec.Recipe(
                "torch",
                "adamw",
                1e6,
                0,
                List.of(0.9, 0.999),
                1e-8,
                50,
                2,
                new EngineTrialSpec.Schedule("constant", 0, 0));

        TrialResult result = runner.run(new EngineTrialSpec(1, spec.task(), spec.model(), wild, 1, 1, 1), () -> false);

        assertThat(result.diverged()).isTrue();
        assertThat(result.metrics()).isEmpty();
        assertThat(result.metric("validation.error")).isNaN();
    }
}
