package dev.wane.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrialSpecTest {
    private final EngineTrialSpec spec = Specs.of(0.1, 7);

    /** The identity of stored trials: it may change only together with the schema. */
    @Test
    void canonicalJsonIsSortedAndTight() {
        assertThat(TrialJson.canonical(spec))
                .isEqualTo(
                        "{\"model\":{\"depth\":2,\"gainLearningRate\":0.001,\"initializationScale\":1.0,\"kind\":\"mlp\","
                                + "\"norm\":\"layer\",\"width\":16},\"numerics\":1,\"recipe\":{\"batchSize\":50,"
                                + "\"betas\":[0.9,0.999],\"epochs\":2,\"eps\":1.0E-8,\"framework\":\"torch\","
                                + "\"learningRate\":0.001,\"optimizer\":\"adamw\",\"schedule\":{\"floor\":0.0,"
                                + "\"kind\":\"cosine\",\"warmupSteps\":0},\"weightDecay\":0.1},\"schema\":1,\"seed\":7,"
                                + "\"task\":{\"checksums\":{\"a.gz\":\"00ff\"},\"data\":\"fashion-mnist\",\"labelNoise\":0.0,"
                                + "\"samples\":300,\"test\":true,\"validation\":200},\"threads\":1}");
    }

    @Test
    void theNameIsTheHashOfTheText() {
        assertThat(spec.id()).matches("[0-9a-f]{64}").isEqualTo(Specs.of(0.1, 7).id());
        assertThat(spec.id())
                .isNotEqualTo(Specs.of(0.1, 8).id())
                .isNotEqualTo(Specs.of(Math.nextUp(0.1), 7).id());
    }

    @Test
    void specAndResultReadBack() {
        TrialResult result = Specs.result(spec, 0.13);

        assertThat(TrialJson.spec(TrialJson.canonical(spec))).isEqualTo(spec);
        assertThat(TrialJson.result(TrialJson.of(result))).isEqualTo(result);
    }

    @Test
    void stepsCountTheLastBatch() {
        assertThat(spec.steps()).isEqualTo(12);
    }
}
