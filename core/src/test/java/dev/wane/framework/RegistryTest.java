package dev.wane.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wane.decay.CoupledSgd;
import dev.wane.decay.DecayConvention;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryTest {
    private static final String HEADER =
            "framework|optimizer|kind|family|factor|order|update|default|excluded|versions|checked|source|note";

    /** The keys that programs rely on. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "torch: sgd adam adamw nadam radam rmsprop adagrad adadelta adamax asgd muon",
                "keras: sgd adam adamw l2",
                "tfa: adamw sgdw",
                "optax: adamw sgd lion adafactor lamb lars muon",
                "hf: adamw_torch",
                "deepspeed: adam adamw cpu_adam",
                "apex: fused_adam fused_lamb fused_sgd",
                "megatron: adam sgd",
                "neox: adam",
                "fairseq: adam",
                "bnb: adam adamw lion",
                "timm: adamw sgd lamb lambw lion",
                "composer: decoupled_adamw decoupled_sgdw decoupled_lionw",
                "big_vision: adamw",
                "fastai: adam",
                "mup: adam adamw sgd",
                "unit_scaling: adamw",
                "lucidrains: lion",
                "kellerjordan: muon",
                "dion: muon dion",
                "schedule_free: adamw adamc",
                "paddle: adamw l2_decay",
                "mxnet: sgd adam adamw",
                "djl: sgd adam adamw l2_weight_decay",
                "dl4j: l2 weight_decay weight_decay_no_lr",
                "smile: mlp adamw",
                "storch: adamw",
                "ultralytics: auto sgd adamw"
            })
    void everyKeyOfTheContractIsThere(String framework, String optimizers) {
        for (String id : optimizers.strip().split(" ")) {
            assertThat(Registry.find(framework, id)).as(framework + " " + id).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "torch, adam, coupled, NaN",
        "keras, adam, decoupled-lr, 1e-4",
        "deepspeed, adam, decoupled-lr, 1e-4",
        "bnb, adam, decoupled-lr, 1e-4",
        "composer, decoupled_adamw, decoupled-schedule, 0.1",
        "tfa, adamw, raw, 0.1",
        "timm, adamc, corrected, 1e-4",
        "schedule_free, adamc, corrected-raw, 1e-7",
        "timm, lamb, in-trust-ratio, NaN",
        "keras, l2, penalty, 2e-4",
        "smile, mlp, decoupled-lr, 2e-4",
        "ultralytics, sgd, coupled, 2e-4",
        "formula, l2_sum, penalty, 2e-4",
        "formula, l2_half_sum, penalty, 1e-4",
        "formula, l2_mean, penalty, 2e-7",
        "formula, l2_over_samples, penalty, 4e-9"
    })
    void meaningOfAWeightDecayOfATenthAtAThousandth(
            String framework, String id, String convention, double decayPerStep) {
        Optimizer row = Registry.get(framework, id);

        DecayConvention meaning = row.convention(row.familyOrSgd(), new CoupledSgd(0, 0, false), RegistryTest::run);

        assertThat(meaning.id()).isEqualTo(convention);
        assertThat(meaning.decayPerStep(1e-3, 1, 0.1) / decayPerStep)
                .isCloseTo(Double.isNaN(decayPerStep) ? Double.NaN : 1, within(1e-14));
    }

    private static double run(Factor.Quantity quantity) {
        return switch (quantity) {
            case NONE -> Double.NaN;
            case BATCH -> 128;
            case PARAMETERS -> 1000;
            case SAMPLES -> 50_000;
        };
    }

    /** General knowledge had two orders and a default wrong. */
    @Test
    void everyRowWasReadInItsSource() {
        assertThat(Registry.all()).allMatch(Optimizer::checked);
    }

    @Test
    void keysAreTheConventionsOwnNames() {
        assertThat(Registry.all())
                .allSatisfy(row -> assertThat(
                                row.convention(row.familyOrSgd(), new CoupledSgd(0, 0, false), RegistryTest::run)
                                        .id())
                        .isEqualTo(row.kind().id()));
    }

    @Test
    void aliasesLeadToKeys() {
        assertThat(Registry.key("PyTorch")).isEqualTo("torch");
        assertThat(Registry.key("GPT-NeoX")).isEqualTo("neox");
        assertThat(Registry.key("torch")).isEqualTo("torch");
    }

    @Test
    void everyProblemOfAFileIsSaidAtOnce() {
        List<String> lines = List.of(
                "# comment",
                HEADER,
                "torch|adamw|decoupled|adam|1|before|-|0.01|none|*|source|x|",
                "torch|adamw|raw|adam|0|sometime|-|-1|none|*|maybe||",
                "torch|short");

        assertThatThrownBy(() -> RegistryFile.parse("r.txt", lines))
                .hasMessageContaining("r.txt:3: kind must be one of")
                .hasMessageContaining("got 'decoupled'")
                .hasMessageContaining("r.txt:4: a row must be there once, got 'torch adamw'")
                .hasMessageContaining("r.txt:4: factor must be > 0, got '0'")
                .hasMessageContaining("r.txt:4: order must be one of")
                .hasMessageContaining("r.txt:4: default must be finite and >= 0, got '-1'")
                .hasMessageContaining("r.txt:4: checked must be source or unchecked, got 'maybe'")
                .hasMessageContaining("r.txt:4: source must not be empty")
                .hasMessageContaining("r.txt:5: a row must have 13 cells");
    }

    @Test
    void aFileWithOtherColumnsIsRefused() {
        assertThatThrownBy(() -> RegistryFile.parse("r.txt", List.of(HEADER.toUpperCase(Locale.ROOT))))
                .hasMessageContaining("r.txt:1: the columns must be");
    }
}
