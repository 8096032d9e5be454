package dev.wane.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LogitsTest {
    @Test
    void errorIsTheShareOfWrongRows() {
        float[] scores = {3, 1, 0, /**/ 0, 2, 1, /**/ 1, 1, 0, /**/ Float.NaN, 0, 0};

        assertThat(new Logits(scores, new int[] {0, 2, 0, 0}, 3).error()).isEqualTo(0.75);
    }

    @Test
    void nllIsThatOfTheSoftmax() {
        Logits logits = new Logits(new float[] {2, 1}, new int[] {1}, 2);

        assertThat(logits.nll(1)).isCloseTo(-Math.log(Math.exp(1) / (Math.exp(2) + Math.exp(1))), within(1e-12));
        assertThat(logits.nll(2)).isCloseTo(Math.log(1 + Math.exp(0.5)), within(1e-12));
        assertThat(new Logits(new float[] {1000, 0}, new int[] {1}, 2).nll(1)).isEqualTo(1000);
    }

    /** Labels drawn from softmax(scores) have temperature 1; scores blown up by 3 have temperature 3. */
    @Test
    void temperatureUndoesOverconfidence() {
        SplittableRandom random = new SplittableRandom(1);
        int rows = 20_000;
        float[] scores = new float[2 * rows];
        float[] confident = new float[2 * rows];
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            double score = random.nextDouble(-3, 3);
            labels[row] = random.nextDouble() < 1 / (1 + Math.exp(score)) ? 1 : 0;
            scores[2 * row] = (float) score;
            confident[2 * row] = (float) (3 * score);
        }

        assertThat(Temperature.fit(new Logits(scores, labels, 2))).isCloseTo(1, within(0.05));
        assertThat(Temperature.fit(new Logits(confident, labels, 2)))
                .isCloseTo(3 * Temperature.fit(new Logits(scores, labels, 2)), within(1e-4));
    }

    @Test
    void noTemperatureNearbyDoesBetterThanTheFittedOne() {
        SplittableRandom random = new SplittableRandom(2);
        float[] scores = new float[3 * 500];
        int[] labels = new int[500];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = random.nextInt(3);
            for (int c = 0; c < 3; c++) {
                scores[3 * row + c] = (float) (random.nextDouble(-20, 20) + (c == labels[row] ? 8 : 0));
            }
        }
        Logits logits = new Logits(scores, labels, 3);
        double fitted = Temperature.fit(logits);

        assertThat(logits.nll(fitted)).isLessThan(logits.nll(fitted * 1.001)).isLessThan(logits.nll(fitted / 1.001));
    }

    /** Every row right: the colder the better, down to the end of the range; every row wrong: the hotter. */
    @Test
    void perfectAndHopelessModelsReachTheEndsOfTheRange() {
        float[] scores = {5, 0, 0, 5};

        assertThat(Temperature.fit(new Logits(scores, new int[] {0, 1}, 2))).isCloseTo(0.01, within(1e-3));
        assertThat(Temperature.fit(new Logits(scores, new int[] {1, 0}, 2))).isCloseTo(100, within(1e-1));
    }
}
