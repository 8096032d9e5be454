package dev.wane.lab.trial;

import java.util.List;
import java.util.Map;

/** Trials for tests. */
public final class Specs {
    public static final Provenance PROVENANCE = new Provenance("test", "none", "25", "cpu", "os", "1");

    private Specs() {}

    public static EngineTrialSpec of(double weightDecay, long seed) {
        return of("layer", weightDecay, seed, true);
    }

    public static EngineTrialSpec of(String norm, double weightDecay, long seed, boolean test) {
        return new EngineTrialSpec(
                EngineTrialSpec.SCHEMA,
                new EngineTrialSpec.Task("fashion-mnist", Map.of("a.gz", "00ff"), 300, 200, 0, test),
                new EngineTrialSpec.Model("mlp", norm, 16, 2, 1e-3, 1),
                new EngineTrialSpec.Recipe(
                        "torch",
                        "adamw",
                        1e-3,
                        weightDecay,
                        List.of(0.9, 0.999),
                        1e-8,
                        50,
                        2,
                        new EngineTrialSpec.Schedule("cosine", 0, 0)),
                seed,
                1,
                1);
    }

    public static TrialResult result(TrialSpec spec, double error) {
        return new TrialResult(
                spec.id(),
                null,
                Map.of("validation.error", error, "test.error", error, "test.nll", error, "test.calibratedNll", error),
                List.of(
                        new dev.wane.engine.Measured("loss", 0, 2.3),
                        new dev.wane.engine.Measured("loss", 50, Double.NaN),
                        new dev.wane.engine.Measured("weightRms.matrix", 0, 0.05),
                        new dev.wane.engine.Measured("weightRms.matrix", 50, 0.03)),
                0.5,
                PROVENANCE);
    }
}
