package dev.wane.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
    @Test
    void anEpochSeesEverySampleOnce() {
        Batches batches = new Batches(1, 10, 4);

        assertThat(batches.stepsPerEpoch()).isEqualTo(3);
        assertThat(IntStream.range(0, 3).flatMap(step -> IntStream.of(batches.at(step))))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 10).boxed().toList());
        assertThat(batches.at(2)).hasSize(2);
    }

    @Test
    void anyStepCanBeAskedForAgain() {
        Batches batches = new Batches(1, 1000, 10);
        int[] late = batches.at(777);
        batches.at(3);

        assertThat(batches.at(777)).isEqualTo(late);
        assertThat(new Batches(1, 1000, 10).at(777)).isEqualTo(late);
    }

    @Test
    void epochsAndSeedsDiffer() {
        assertThat(new Batches(1, 1000, 10).at(0)).isNotEqualTo(new Batches(1, 1000, 10).at(100));
        assertThat(new Batches(1, 1000, 10).at(0)).isNotEqualTo(new Batches(2, 1000, 10).at(0));
    }

    @Test
    void batchSizesShareTheOrder() {
        Batches small = new Batches(5, 1000, 10);
        int[] joined = IntStream.range(0, 10)
                .flatMap(step -> IntStream.of(small.at(step)))
                .toArray();

        assertThat(new Batches(5, 1000, 100).at(0)).isEqualTo(joined);
    }

    @Test
    void aBatchLargerThanTheDataIsRefused() {
        assertThatThrownBy(() -> new Batches(1, 10, 11)).hasMessage("batchSize must be from 1 to 10, got 11");
    }

    @Test
    void streamsDependOnEveryPart() {
        assertThat(java.util.stream.Stream.of(
                                Seeds.derive(1, "a", 0),
                                Seeds.derive(2, "a", 0),
                                Seeds.derive(1, "b", 0),
                                Seeds.derive(1, "a", 1))
                        .distinct())
                .hasSize(4);
        assertThat(Seeds.derive(1, "a", 0)).isEqualTo(Seeds.derive(1, "a", 0));
    }
}
