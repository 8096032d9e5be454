package dev.wane.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NormalisedShareTest {
    @Test
    void convolutionsWithBatchNormAreFollowedByIt() {
        NormalisedShare share = share(
                "layer1.0.conv1.weight 64,64,3,3",
                "layer1.0.bn1.weight 64",
                "layer1.0.bn1.bias 64",
                "layer1.0.downsample.0.weight 64,64,1,1",
                "layer1.0.downsample.1.weight 64",
                "layer1.0.downsample.1.bias 64",
                "fc.weight 10,64",
                "fc.bias 10");

        assertThat(share.followed()).isEqualTo(64 * 64 * 10);
        assertThat(share.share()).isGreaterThan(0.9);
        assertThat(share.applicability()).startsWith("expected: ").contains("go straight into a normalisation");
    }

    @Test
    void aTransformersBlocksAreNormalisedBetweenThem() {
        NormalisedShare share = share(
                "h.0.ln_1.weight 64",
                "h.0.attn.q_proj.weight 64,64",
                "h.0.attn.q_norm.weight 64",
                "h.0.attn.v_proj.weight 64,64",
                "h.0.ln_2.weight 64",
                "h.0.mlp.up_proj.weight 256,64");

        assertThat(share.followed()).isEqualTo(64 * 64);
        assertThat(share.applicability()).startsWith("expected: 3 normalisations stand between 3 layers");
    }

    @Test
    void aPlainNetworkIsNotWhatTheLawsSpeakOf() {
        assertThat(share("fc1.weight 64,64", "fc1.bias 64", "fc2.weight 64,64").applicability())
                .isEqualTo("not-expected: no normalisation is seen, and λ also regularises the function itself");
        assertThat(share("fc1.bias 64").applicability()).startsWith("unknown: ");
    }

    @Test
    void oneNormalisationForManyLayersIsPartly() {
        String[] layers = Stream.concat(
                        Stream.of("norm.weight 64"),
                        Stream.iterate(0, i -> i + 1).limit(20).map(i -> "blocks." + i + ".dense.weight 64,64"))
                .toArray(String[]::new);
        assertThat(share(layers).applicability()).isEqualTo("partly: 1 normalisations for 20 layers");
    }

    private static NormalisedShare share(String... parameters) {
        List<NamedShape> shapes = Stream.of(parameters)
                .map(text -> text.split(" ", -1))
                .map(parts -> NamedShape.of(
                        parts[0],
                        Stream.of(parts[1].split(",", -1)).map(Long::valueOf).toList()))
                .toList();
        return NormalisedShare.of(DecayMap.of(shapes, TrainerPolicy.DEFAULT), Set.of());
    }
}
