package dev.wane.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FashionMnistTest {
    private static LabelledImages training;

    @BeforeAll
    static void load() {
        training = FashionMnist.training();
    }

    @Test
    void hasTheOriginalSizes() {
        assertThat(training.count()).isEqualTo(60_000);
        assertThat(training.pixelsPerImage()).isEqualTo(784);
        assertThat(FashionMnist.test().count()).isEqualTo(10_000);
    }

    @Test
    void meanAndDeviationAreThoseOfTheTrainingPixels() {
        long sum = 0;
        long squares = 0;
        for (byte pixel : training.pixels()) {
            int value = pixel & 0xff;
            sum += value;
            squares += (long) value * value;
        }
        double mean = sum / 255.0 / training.pixels().length;
        double variance = squares / 255.0 / 255.0 / training.pixels().length - mean * mean;

        assertThat(FashionMnist.MEAN).isCloseTo(mean, within(5e-5));
        assertThat(FashionMnist.DEVIATION).isCloseTo(Math.sqrt(variance), within(5e-5));
    }

    @Test
    void splitIsBalancedDisjointAndNested() {
        BalancedSplit split = BalancedSplit.of(training.labels(), 10, 10_000, 10_000);
        BalancedSplit smaller = BalancedSplit.of(training.labels(), 10, 2_500, 10_000);

        for (int label = 0; label < 10; label++) {
            int wanted = label;
            assertThat(IntStream.of(split.training()).filter(i -> training.labels()[i] == wanted))
                    .hasSize(1000);
            assertThat(IntStream.of(split.validation()).filter(i -> training.labels()[i] == wanted))
                    .hasSize(1000);
        }
        Set<Integer> both = new HashSet<>(IntStream.of(split.training()).boxed().toList());
        assertThat(both).hasSize(10_000);
        assertThat(IntStream.of(split.validation()).boxed()).doesNotContainAnyElementsOf(both);
        assertThat(smaller.validation()).isEqualTo(split.validation());
        assertThat(both).containsAll(IntStream.of(smaller.training()).boxed().toList());
    }

    @Test
    void aSplitLargerThanAClassIsRefused() {
        assertThatThrownBy(() -> BalancedSplit.of(training.labels(), 10, 55_000, 10_000))
                .hasMessageContaining("has 6000 samples, training and validation need 6500");
    }

    @Test
    void labelNoiseChangesAboutItsShareAndAlwaysToAnotherClass() {
        byte[] noisy = LabelNoise.apply(training.labels(), 10, 0.3);

        long changed = IntStream.range(0, noisy.length)
                .filter(i -> noisy[i] != training.labels()[i])
                .count();
        assertThat(changed / 60_000.0).isCloseTo(0.3, within(0.01));
        assertThat(LabelNoise.apply(training.labels(), 10, 0)).isEqualTo(training.labels());
        assertThat(LabelNoise.apply(training.labels(), 10, 0.3)).isEqualTo(noisy);
    }

    @Test
    void aChangedFileIsRefused() {
        Checksums broken = new Checksums(FashionMnistTest.class, "broken");

        assertThatThrownBy(() -> broken.verified("labels.gz"))
                .isInstanceOf(CorruptedDataException.class)
                .hasMessageContaining("broken/labels.gz: SHA-256 must be 0000");
        assertThatThrownBy(() -> broken.verified("absent.gz")).hasMessage("broken/absent.gz is missing");
    }

    @Test
    void aWrongHeaderIsRefused() throws Exception {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (java.util.zip.GZIPOutputStream gzip = new java.util.zip.GZIPOutputStream(bytes)) {
            gzip.write(new byte[] {0, 0, 8, 1, 0, 0, 0, 9});
        }

        assertThatThrownBy(() -> Idx.read("x", bytes.toByteArray(), 10)).hasMessage("x: dimension must be 10, got 9");
        assertThatThrownBy(() -> Idx.read("x", bytes.toByteArray(), 9)).hasMessage("x: length must be 9, got 0");
    }
}
